package io.latchkey.pages.nodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Nodes;
import io.latchkey.logins.EndOfSession;
import io.latchkey.logins.OpenSessions;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;

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

	private static final String VIEW = "nodes/sessions";

	private static final List<String> SESSION = List.of("account", "process", "start");

	private final Nodes nodes;

	private final OpenSessions sessions;

	private final Texts texts;

	OpenSessionsController(Nodes nodes, OpenSessions sessions, Texts texts) {
		this.nodes = nodes;
		this.sessions = sessions;
		this.texts = texts;
	}

	@GetMapping("/nodes/{name}/sessions")
	String show(@PathVariable String name, Model model) {
		return describe(name, model);
	}

	@PostMapping("/nodes/{name}/sessions")
	String look(@PathVariable String name, Model model) {
		model.addAttribute("now", this.sessions.on(name));
		return describe(name, model);
	}

	@GetMapping("/nodes/{name}/sessions/end")
	String ask(@PathVariable String name, Input input, Model model) {
		this.nodes.idOf(name);
		Form.in(model, Map.of());
		Map<String, String> hidden = new LinkedHashMap<>();
		SESSION.forEach((field) -> hidden.put(field, input.word(field)));
		model.addAttribute("hidden", hidden);
		model.addAttribute("question",
				new Question(this.texts.of("page.sessions-now.end.title", input.word("account"), name),
						List.of(this.texts.of("page.sessions-now.end.consequence"),
								this.texts.of("page.sessions-now.end.note")),
						this.texts.of("page.sessions-now.end"), null, Links.node(name) + "/sessions", "nodes"));
		return Question.VIEW;
	}

	@PostMapping("/nodes/{name}/sessions/end")
	String end(@PathVariable String name, Input input, Model model) {
		String account = input.word("account");
		EndOfSession end = this.sessions.end(name, account, number(input, "process"), number(input, "start"));
		model.addAttribute("ended", end);
		model.addAttribute("account", account);
		return look(name, model);
	}

	private String describe(String name, Model model) {
		model.addAttribute("node", this.nodes.get(name));
		Form.in(model, Map.of());
		return VIEW;
	}

	/** What is no number names no process. */
	private static long number(Input input, String field) {
		String word = input.word(field);
		return word.matches("\\d{1,15}") ? Long.parseLong(word) : 0;
	}

}
