package io.latchkey.pages.opensessions;

import java.util.Map;

import io.latchkey.core.NotFoundException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
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
 * The sessions that are open now and that a grant let in.
 */
@Controller
class GrantSessionsPageController {

	private static final String VIEW = "sessions/grant";

	private final Grants grants;

	private final SessionSearch search;

	private final EndForm ends;

	GrantSessionsPageController(Grants grants, SessionSearch search, EndForm ends) {
		this.grants = grants;
		this.search = search;
		this.ends = ends;
	}

	@GetMapping("/grants/{id}/sessions")
	String show(@PathVariable String id, Model model) {
		Form.in(model, Map.of());
		Grant grant = grant(id);
		model.addAttribute("grant", grant);
		model.addAttribute("id", Long.toString(grant.id().value()));
		model.addAttribute("sessionsAt", here(grant));
		return VIEW;
	}

	@PostMapping("/grants/{id}/sessions")
	String look(@PathVariable String id, Model model) {
		model.addAttribute("found", this.search.by(grant(id).id()));
		return show(id, model);
	}

	@GetMapping("/grants/{id}/sessions/end")
	String ask(@PathVariable String id, Input input, Model model) {
		return this.ends.ask(input.word("node"), input, here(grant(id)), "access", model);
	}

	@PostMapping("/grants/{id}/sessions/end")
	String end(@PathVariable String id, Input input, Model model) {
		grant(id);
		this.ends.end(input.word("node"), input, model);
		return look(id, model);
	}

	private static String here(Grant grant) {
		return Links.grant(grant.id().value()) + "/sessions";
	}

	private Grant grant(String id) {
		return this.grants.get(GrantId.parse(id).orElseThrow(() -> new NotFoundException("grant", id)));
	}

}
