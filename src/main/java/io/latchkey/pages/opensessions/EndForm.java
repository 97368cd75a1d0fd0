package io.latchkey.pages.opensessions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.logins.OpenSessions;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The end of one session, after one question.
 */
@Component
class EndForm {

	private static final List<String> SESSION = List.of("node", "account", "process", "start");

	private final OpenSessions sessions;

	private final Texts texts;

	EndForm(OpenSessions sessions, Texts texts) {
		this.sessions = sessions;
		this.texts = texts;
	}

	/**
	 * Asks whether it is to be ended.
	 * @param back where to go back to
	 * @param room that this belongs to
	 * @return the view
	 */
	String ask(String node, Input input, String back, String room, Model model) {
		Form.in(model, Map.of());
		Map<String, String> hidden = new LinkedHashMap<>();
		SESSION.forEach((field) -> hidden.put(field, input.word(field)));
		hidden.put("node", node);
		model.addAttribute("hidden", hidden);
		model.addAttribute("question",
				new Question(this.texts.of("page.sessions-now.end.title", input.word("account"), node),
						List.of(this.texts.of("page.sessions-now.end.consequence"),
								this.texts.of("page.sessions-now.end.note")),
						this.texts.of("page.sessions-now.end"), null, back, room));
		return Question.VIEW;
	}

	void end(String node, Input input, Model model) {
		String account = input.word("account");
		model.addAttribute("ended", this.sessions.end(node, account, number(input, "process"), number(input, "start")));
		model.addAttribute("account", account);
	}

	/** What is no number names no process. */
	private static long number(Input input, String field) {
		String word = input.word(field);
		return word.matches("\\d{1,15}") ? Long.parseLong(word) : 0;
	}

}
