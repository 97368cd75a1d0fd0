package io.latchkey.pages.identities;

import java.io.IOException;
import java.util.List;

import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.pages.Choice;
import io.latchkey.pages.CsvFile;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Listing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.SortDefault;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import static java.util.Map.of;

/**
 * The list of identities, and the form that adds one.
 */
@Controller
class IdentityListController {

	static final List<Choice> KINDS = List.of(new Choice("PERSON", "page.identity.kind.PERSON"),
			new Choice("SERVICE", "page.identity.kind.SERVICE"), new Choice("CLUSTER", "page.identity.kind.CLUSTER"),
			new Choice("NODE", "page.identity.kind.NODE"));

	private final Identities identities;

	IdentityListController(Identities identities) {
		this.identities = identities;
	}

	@GetMapping("/identities")
	String list(@RequestParam(required = false) @Nullable String q,
			@PageableDefault(50) @SortDefault("name") Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("q", q);
		model.addAttribute("listing", Listing.of(this.identities.list(q, page), request));
		return "identities/list";
	}

	@GetMapping("/identities.csv")
	void export(@RequestParam(required = false) @Nullable String q, @SortDefault("name") Pageable page,
			HttpServletResponse response) throws IOException {
		List<List<@Nullable Object>> rows = this.identities.list(q, Pageable.unpaged(page.getSort()))
			.map(IdentityListController::row)
			.getContent();
		CsvFile.send(response, "identities.csv",
				List.of("name", "kind", "displayName", "email", "status", "keys", "teams"), rows);
	}

	private static List<@Nullable Object> row(Identity identity) {
		return java.util.Arrays.asList(identity.name(), identity.kind(), identity.displayName(), identity.email(),
				identity.status(), identity.keys().size(), String.join(" ", identity.teams()));
	}

	@GetMapping("/add/identity")
	String add(Model model) {
		Form.in(model, of("kind", IdentityKind.PERSON.name()));
		model.addAttribute("kinds", KINDS);
		return "identities/add";
	}

	@PostMapping("/add/identity")
	String add(Input input) {
		String name = input.word("name");
		this.identities.create(draft(name, input));
		return "redirect:" + Links.identity(name);
	}

	static IdentityDraft draft(String name, Input input) {
		return new IdentityDraft(name, input.choice("kind", IdentityKind.class), input.text("displayName"),
				input.text("email"));
	}

}
