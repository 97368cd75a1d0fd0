package io.latchkey.pages.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Permission;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Texts;
import io.latchkey.removal.Previews;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The form of a new grant, and what it would change.
 */
@Controller
class NewGrantController {

	private static final List<String> LIMITS = List.of("startsAt", "options.from", "options.command",
			"options.environment", "options.restrict", "options.verify", "options.permit");

	private final Grants grants;

	private final Previews previews;

	private final GrantForm reader;

	private final Parties parties;

	private final Holdings holdings;

	private final Texts texts;

	NewGrantController(Grants grants, Previews previews, GrantForm reader, Parties parties, Holdings holdings,
			Texts texts) {
		this.grants = grants;
		this.previews = previews;
		this.reader = reader;
		this.parties = parties;
		this.holdings = holdings;
		this.texts = texts;
	}

	@ModelAttribute("limits")
	List<String> limits() {
		return LIMITS;
	}

	@ModelAttribute("lengths")
	List<String> lengths() {
		return GrantForm.LENGTHS;
	}

	@ModelAttribute("longest")
	@Nullable Duration longest() {
		return this.grants.longest().orElse(null);
	}

	@ModelAttribute("permissions")
	List<String> permissions() {
		return java.util.Arrays.stream(Permission.values()).map(Permission::option).toList();
	}

	@GetMapping("/grants/new")
	String show(@RequestParam(defaultValue = "") String subject, @RequestParam(defaultValue = "") String target,
			Model model) {
		Map<String, String> defaults = new HashMap<>();
		defaults.put("subject", subject);
		defaults.put("target", target);
		defaults.put("until", "PT4H");
		Form.in(model, defaults);
		model.addAttribute("subjects", this.parties.subjects(null));
		model.addAttribute("targets", this.parties.targets(null));
		return "access/new";
	}

	@PostMapping("/grants/new")
	String issue(Input input) {
		Grant grant = this.grants.issue(this.reader.draft(input));
		return "redirect:" + Links.grant(grant.id().value());
	}

	/** What would change; what is still missing stands in the same place. */
	@GetMapping("/grants/preview")
	String preview(Input input, Model model) {
		describeHoldings(input.word("subject"), model);
		try {
			model.addAttribute("preview", PreviewView.of(this.previews.of(this.reader.draft(input))));
		}
		catch (InvalidInputException ex) {
			model.addAttribute("missing", ex.faults().stream().map(this.texts::of).toList());
		}
		return "access/new :: preview";
	}

	private void describeHoldings(String subject, Model model) {
		try {
			this.holdings.describe(this.parties.subject(subject), model);
		}
		catch (InvalidInputException ex) {
			// the preview itself says what is expected there
			model.addAttribute("holdings", List.of());
		}
	}

	@GetMapping("/grants/subjects")
	String subjects(@RequestParam(name = "subject", required = false) @Nullable String query, Model model) {
		model.addAttribute("names", this.parties.subjects(query));
		return "access/new :: names";
	}

	@GetMapping("/grants/targets")
	String targets(@RequestParam(name = "target", required = false) @Nullable String query, Model model) {
		model.addAttribute("names", this.parties.targets(query));
		return "access/new :: names";
	}

}
