package io.latchkey.pages.nodes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Input;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The inbox of foreign keys: whose they are to be, or until when they may stand.
 */
@Controller
class ForeignKeyController {

	private static final String LIST = "redirect:/foreign-keys";

	private final ForeignKeyInbox inbox;

	private final Tolerations tolerations;

	private final UnwantedKeys unwanted;

	private final Texts texts;

	ForeignKeyController(ForeignKeyInbox inbox, Tolerations tolerations, UnwantedKeys unwanted, Texts texts) {
		this.inbox = inbox;
		this.tolerations = tolerations;
		this.unwanted = unwanted;
		this.texts = texts;
	}

	@GetMapping("/foreign-keys")
	String list(@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		return this.inbox.showOpen(page, request, model);
	}

	/** All that are tolerated, by page. */
	@GetMapping("/foreign-keys/tolerated")
	String tolerated(@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("all", true);
		return this.inbox.showTolerated(page, request, model);
	}

	@PostMapping("/foreign-keys/tolerate")
	String tolerate(Input input) {
		Instant until = input.instant("until");
		if (until == null) {
			throw new InvalidInputException(Fault.of("until", "toleration.until"));
		}
		this.tolerations.tolerate(ChosenKeys.of(input), until, input.word("reason"));
		return LIST;
	}

	/** Where a refused form comes back to. */
	@GetMapping({ "/foreign-keys/tolerate", "/foreign-keys/keep" })
	String listAgain(HttpServletRequest request, Model model) {
		return this.inbox.show(request, model);
	}

	/** Where what would go is shown, before it is confirmed. */
	@GetMapping("/foreign-keys/remove")
	String askToRemove(HttpServletRequest request, Model model) {
		if (!model.containsAttribute("losses")) {
			return this.inbox.show(request, model);
		}
		Set<Fingerprint> chosen = ChosenKeys.before(model);
		List<String> observed = this.unwanted.observedWith(chosen);
		List<String> consequences = new ArrayList<>(
				List.of(this.texts.of("page.foreign.remove.consequence"), this.texts.of("page.foreign.remove.away")));
		if (!observed.isEmpty()) {
			consequences.add(this.texts.of("page.foreign.remove.observed", String.join(", ", observed)));
		}
		return ask(model, chosen, this.texts.of("page.foreign.remove.title", chosen.size()), consequences,
				this.texts.of("page.foreign.remove.confirm"));
	}

	@PostMapping("/foreign-keys/remove")
	String remove(Input input) {
		this.unwanted.remove(ChosenKeys.of(input), input.text(Losses.FIELD));
		return LIST;
	}

	@PostMapping("/foreign-keys/keep")
	String keep(Input input) {
		this.unwanted.callOff(ChosenKeys.of(input));
		return LIST;
	}

	/** Where what would go is shown, before it is confirmed. */
	@GetMapping("/foreign-keys/end-toleration")
	String askToEndToleration(HttpServletRequest request, Model model) {
		return model.containsAttribute("losses")
				? ask(model, ChosenKeys.before(model), this.texts.of("page.foreign.end.title"),
						List.of(this.texts.of("page.foreign.end.consequence")), this.texts.of("page.foreign.end.do"))
				: this.inbox.show(request, model);
	}

	@PostMapping("/foreign-keys/end-toleration")
	String endToleration(Input input) {
		this.tolerations.end(ChosenKeys.of(input), input.text(Losses.FIELD));
		return LIST;
	}

	private static String ask(Model model, Set<Fingerprint> chosen, String title, List<String> consequences,
			String button) {
		model.addAttribute("hidden", ChosenKeys.hidden(chosen));
		model.addAttribute("question", new Question(title, consequences, button, null, "/foreign-keys", "nodes"));
		return Question.VIEW;
	}

}
