package io.latchkey.pages.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.delivery.Extension;
import io.latchkey.delivery.Extensions;
import io.latchkey.delivery.NewEnd;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Extends the grants that were chosen in the list: one end or length for all, and the old
 * and the new ends before they are changed.
 */
@Controller
class ExtendChosenController {

	private static final String PAGE = "access/extend-chosen";

	private static final String LIST = "redirect:/grants";

	private static final String CONFIRMATION = "confirmation";

	private final Extensions extensions;

	private final Grants grants;

	private final Texts texts;

	ExtendChosenController(Extensions extensions, Grants grants, Texts texts) {
		this.extensions = extensions;
		this.grants = grants;
		this.texts = texts;
	}

	@GetMapping("/grants/extend")
	String ask(Input input, Model model, RedirectAttributes list) {
		Set<GrantId> chosen = ChosenGrants.in(input, model);
		Form.in(model, Map.of());
		Extension extension = this.extensions.plan(chosen, null);
		if (extension.changes().isEmpty()) {
			list.addFlashAttribute("done", this.texts.of("page.grants.none"));
			return LIST;
		}
		return show(extension, model);
	}

	/** The first time it shows what would change, and then changes just that. */
	@PostMapping("/grants/extend")
	String extend(Input input, Model model, RedirectAttributes list) {
		Extension extension = this.extensions.plan(ChosenGrants.in(input), newEnd(input));
		if (extension.changes().isEmpty()) {
			list.addFlashAttribute("done", this.texts.of("page.grants.none"));
			return LIST;
		}
		if (!extension.confirmation().equals(input.text(CONFIRMATION))) {
			Form.in(model,
					Map.of("by", input.word("by"), "expiresAt", input.word("expiresAt"), "zone", input.word("zone")));
			model.addAttribute(CONFIRMATION, extension.confirmation());
			return show(extension, model);
		}
		this.extensions.carryOut(extension);
		list.addFlashAttribute("done", this.texts.of("page.grants.extended", extension.changes().size()));
		return LIST;
	}

	private String show(Extension extension, Model model) {
		this.grants.longest()
			.flatMap((longest) -> extension.changes()
				.stream()
				.map((change) -> change.grant().startsAt().plus(longest))
				.min(Comparator.naturalOrder()))
			.ifPresent((latest) -> model.addAttribute("latest", latest));
		model.addAttribute("extension", extension);
		model.addAttribute("chosen",
				ChosenGrants.field(extension.changes().stream().map((change) -> change.grant().id()).toList()));
		if (!extension.ended().isEmpty()) {
			List<String> ended = extension.ended().stream().map((grant) -> Long.toString(grant.id().value())).toList();
			model.addAttribute("ended", this.texts.of("page.grants.ended", ended.size(), String.join(", ", ended)));
		}
		return PAGE;
	}

	private static NewEnd newEnd(Input input) {
		if (input.text("by") != null) {
			return NewEnd.later(input.length("by"));
		}
		Instant end = input.instant("expiresAt");
		if (end == null) {
			throw new InvalidInputException(Fault.of("expiresAt", "time.missing"));
		}
		return NewEnd.at(end);
	}

}
