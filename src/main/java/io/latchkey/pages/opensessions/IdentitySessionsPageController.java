package io.latchkey.pages.opensessions;

import java.util.Map;

import io.latchkey.identity.Identities;
import io.latchkey.logins.SessionSearch;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The sessions that are open now by the keys of an identity.
 */
@Controller
class IdentitySessionsPageController {

	private static final String VIEW = "sessions/identity";

	private final Identities identities;

	private final SessionSearch search;

	private final EndForm ends;

	IdentitySessionsPageController(Identities identities, SessionSearch search, EndForm ends) {
		this.identities = identities;
		this.search = search;
		this.ends = ends;
	}

	@GetMapping("/identities/{name}/sessions")
	String show(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("name", this.identities.get(name).name());
		model.addAttribute("sessionsAt", here(name));
		return VIEW;
	}

	@PostMapping("/identities/{name}/sessions")
	String look(@PathVariable String name, Model model) {
		model.addAttribute("found", this.search.of(this.identities.get(name)));
		return show(name, model);
	}

	@GetMapping("/identities/{name}/sessions/end")
	String ask(@PathVariable String name, Input input, Model model) {
		this.identities.get(name);
		return this.ends.ask(input.word("node"), input, here(name), "identities", model);
	}

	@PostMapping("/identities/{name}/sessions/end")
	String end(@PathVariable String name, Input input, Model model) {
		this.identities.get(name);
		this.ends.end(input.word("node"), input, model);
		return look(name, model);
	}

	private static String here(String name) {
		return Links.identity(name) + "/sessions";
	}

}
