package io.latchkey.pages.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Adoption;
import io.latchkey.enrolment.ForeignKey;
import io.latchkey.enrolment.ForeignKeys;
import io.latchkey.identity.IdentityKind;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Texts;
import io.latchkey.reconcile.Tolerations;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The inbox of foreign keys: whose they are to be, or until when they may stand.
 */
@Controller
class ForeignKeyController {

	private static final String LIST = "redirect:/foreign-keys";

	private static final List<Choice> KINDS = List.of(
			new Choice(IdentityKind.PERSON.name(), "page.identity.kind.PERSON"),
			new Choice(IdentityKind.SERVICE.name(), "page.identity.kind.SERVICE"));

	private final ForeignKeys foreignKeys;

	private final Tolerations tolerations;

	private final Texts texts;

	ForeignKeyController(ForeignKeys foreignKeys, Tolerations tolerations, Texts texts) {
		this.foreignKeys = foreignKeys;
		this.tolerations = tolerations;
		this.texts = texts;
	}

	@GetMapping("/foreign-keys")
	String list(Model model) {
		List<ForeignKey> keys = this.foreignKeys.list();
		Form.in(model, Map.of("kind", IdentityKind.PERSON.name()));
		model.addAttribute("keys", keys.stream().filter((key) -> key.toleration() == null).toList());
		model.addAttribute("tolerated", keys.stream().filter((key) -> key.toleration() != null).toList());
		model.addAttribute("kinds", KINDS);
		return "nodes/foreign-keys";
	}

	/** Where a refused form comes back to. */
	@GetMapping({ "/foreign-keys/adopt", "/foreign-keys/tolerate" })
	String listAgain(Model model) {
		return list(model);
	}

	@PostMapping("/foreign-keys/adopt")
	String adopt(Input input, RedirectAttributes list) {
		if (input.text("identity") == null) {
			throw new InvalidInputException(Fault.of("identity", "adoption.identity"));
		}
		Adoption.Outcome outcome = this.foreignKeys.adopt(new Adoption(chosen(input), input.word("identity"),
				input.choice("kind", IdentityKind.class), input.text("reason")));
		list.addFlashAttribute("adopted", outcome);
		list.addFlashAttribute("left",
				outcome.left()
					.stream()
					.map((left) -> "%s, %s: %s".formatted(left.place().node(), left.place().account(),
							this.texts.of(left.why())))
					.toList());
		return LIST;
	}

	@PostMapping("/foreign-keys/tolerate")
	String tolerate(Input input) {
		Instant until = input.instant("until");
		if (until == null) {
			throw new InvalidInputException(Fault.of("until", "toleration.until"));
		}
		this.tolerations.tolerate(chosen(input), until, input.word("reason"));
		return LIST;
	}

	private static Set<Fingerprint> chosen(Input input) {
		List<String> words = input.words("fingerprint");
		if (words.isEmpty()) {
			throw new InvalidInputException(Fault.of("fingerprint", "adoption.none"));
		}
		try {
			return words.stream().map(Fingerprint::parse).collect(Collectors.toSet());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("fingerprint", "verbatim", String.valueOf(ex.getMessage())));
		}
	}

}
