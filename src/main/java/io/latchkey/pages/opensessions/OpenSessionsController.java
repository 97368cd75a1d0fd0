package io.latchkey.pages.opensessions;

import java.util.Map;

import io.latchkey.inventory.Nodes;
import io.latchkey.logins.FoundSessions;
import io.latchkey.logins.OpenSessions;
import io.latchkey.logins.SessionsNow;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The sessions that are open on a node now. The node is asked each time, and nothing of
 * it is kept.
 */
@Controller
class OpenSessionsController {

	private static final String VIEW = "sessions/node";

	private final Nodes nodes;

	private final OpenSessions sessions;

	private final EndForm ends;

	OpenSessionsController(Nodes nodes, OpenSessions sessions, EndForm ends) {
		this.nodes = nodes;
		this.sessions = sessions;
		this.ends = ends;
	}

	@GetMapping("/nodes/{name}/sessions")
	String show(@PathVariable String name, Model model) {
		return describe(name, model);
	}

	@PostMapping("/nodes/{name}/sessions")
	String look(@PathVariable String name, Model model) {
		SessionsNow now = this.sessions.on(name);
		model.addAttribute("now", now);
		model.addAttribute("rows",
				now.sessions().stream().map((session) -> new FoundSessions.Found(now.node(), session)).toList());
		return describe(name, model);
	}

	@GetMapping("/nodes/{name}/sessions/end")
	String ask(@PathVariable String name, Input input, Model model) {
		this.nodes.idOf(name);
		return this.ends.ask(name, input, here(name), "nodes", model);
	}

	@PostMapping("/nodes/{name}/sessions/end")
	String end(@PathVariable String name, Input input, Model model) {
		this.ends.end(name, input, model);
		return look(name, model);
	}

	private String describe(String name, Model model) {
		model.addAttribute("node", this.nodes.get(name));
		model.addAttribute("sessionsAt", here(name));
		Form.in(model, Map.of());
		return VIEW;
	}

	private static String here(String name) {
		return Links.node(name) + "/sessions";
	}

}
