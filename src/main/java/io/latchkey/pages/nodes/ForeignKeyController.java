package io.latchkey.pages.nodes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.foreignkeys.Adoption;
import io.latchkey.foreignkeys.AdoptionReach;
import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.identity.IdentityKind;
import io.latchkey.nodestate.ForeignKeyCount.Which;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Choice;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Listing;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Texts;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
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

	private static final int MOST_ROWS = 500;

	private static final int MOST_PLACES = 50;

	private static final Pageable FIRST = PageRequest.of(0, 50);

	/** Below those that need somebody. */
	private static final Pageable FIRST_TOLERATED = PageRequest.of(0, 20);

	private final ForeignKeys foreignKeys;

	private final Tolerations tolerations;

	private final UnwantedKeys unwanted;

	private final UnseenRows unseen;

	private final Texts texts;

	ForeignKeyController(ForeignKeys foreignKeys, Tolerations tolerations, UnwantedKeys unwanted, UnseenRows unseen,
			Texts texts) {
		this.foreignKeys = foreignKeys;
		this.tolerations = tolerations;
		this.unwanted = unwanted;
		this.unseen = unseen;
		this.texts = texts;
	}

	@GetMapping("/foreign-keys")
	String list(@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		return show(page, FIRST_TOLERATED, request, model);
	}

	/** All that are tolerated, by page. */
	@GetMapping("/foreign-keys/tolerated")
	String tolerated(@PageableDefault(50) Pageable page, HttpServletRequest request, Model model) {
		model.addAttribute("all", true);
		return show(FIRST, page, request, model);
	}

	/** Where a refused form comes back to. */
	@GetMapping({ "/foreign-keys/tolerate", "/foreign-keys/keep" })
	String listAgain(HttpServletRequest request, Model model) {
		return show(FIRST, FIRST_TOLERATED, request, model);
	}

	private String show(Pageable open, Pageable tolerated, HttpServletRequest request, Model model) {
		Listing<ForeignKey> keys = Listing.of(this.foreignKeys.list(Which.OPEN, unsorted(open)), request);
		Form.in(model, Map.of("kind", IdentityKind.PERSON.name()));
		model.addAttribute("keys", keys);
		model.addAttribute("tolerated",
				Listing.of(this.foreignKeys.list(Which.TOLERATED, unsorted(tolerated)), request));
		model.addAttribute("unwanted", keys.rows().stream().anyMatch(ForeignKey::isUnwanted));
		model.addAttribute("unseen", this.unseen.first());
		model.addAttribute("kinds", KINDS);
		return "nodes/foreign-keys";
	}

	private static Pageable unsorted(Pageable page) {
		return PageRequest.of(page.getPageNumber(), Math.min(page.getPageSize(), MOST_ROWS));
	}

	/** Where is shown what the keys would be let in to, before it is confirmed. */
	@GetMapping("/foreign-keys/adopt")
	String askToAdopt(HttpServletRequest request, Model model) {
		if (!(model.getAttribute("reach") instanceof AdoptionReach reach)) {
			return listAgain(request, model);
		}
		List<String> consequences = new ArrayList<>(List.of(
				this.texts.of("page.foreign.reach", reach.keys().size(), reach.places().size(), reach.countNodes()),
				this.texts.of("page.foreign.reach.comment", reach.identity()),
				reach.places()
					.stream()
					.limit(MOST_PLACES)
					.map((place) -> place.node() + " " + place.account())
					.collect(Collectors.joining(", "))));
		int more = reach.places().size() - MOST_PLACES;
		if (more > 0) {
			consequences.add(this.texts.of("page.foreign.reach.more", more));
		}
		Form form = Form.in(model, Map.of());
		Map<String, String> hidden = new LinkedHashMap<>();
		for (String field : List.of("identity", "kind", "reason")) {
			hidden.put(field, Objects.requireNonNullElse(form.value(field), ""));
		}
		hidden.put("fingerprint",
				reach.keys().stream().map(Fingerprint::value).sorted().collect(Collectors.joining(" ")));
		hidden.put(Losses.FIELD, reach.digest());
		model.addAttribute("hidden", hidden);
		model.addAttribute("question", new Question(this.texts.of("page.foreign.reach.title", reach.identity()),
				consequences, this.texts.of("page.foreign.reach.confirm"), null, "/foreign-keys", "nodes"));
		return Question.VIEW;
	}

	@PostMapping("/foreign-keys/adopt")
	String adopt(Input input, RedirectAttributes list) {
		if (input.text("identity") == null) {
			throw new InvalidInputException(Fault.of("identity", "adoption.identity"));
		}
		Adoption.Outcome outcome = this.foreignKeys.adopt(new Adoption(chosen(input), input.word("identity"),
				input.choice("kind", IdentityKind.class), input.text("reason")), input.text(Losses.FIELD));
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

	/** Where what would go is shown, before it is confirmed. */
	@GetMapping("/foreign-keys/remove")
	String askToRemove(HttpServletRequest request, Model model) {
		if (!model.containsAttribute("losses")) {
			return listAgain(request, model);
		}
		Set<Fingerprint> chosen = chosenBefore(model);
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
		this.unwanted.remove(chosen(input), input.text(Losses.FIELD));
		return LIST;
	}

	@PostMapping("/foreign-keys/keep")
	String keep(Input input) {
		this.unwanted.callOff(chosen(input));
		return LIST;
	}

	/** Where what would go is shown, before it is confirmed. */
	@GetMapping("/foreign-keys/end-toleration")
	String askToEndToleration(HttpServletRequest request, Model model) {
		return model.containsAttribute("losses")
				? ask(model, chosenBefore(model), this.texts.of("page.foreign.end.title"),
						List.of(this.texts.of("page.foreign.end.consequence")), this.texts.of("page.foreign.end.do"))
				: listAgain(request, model);
	}

	@PostMapping("/foreign-keys/end-toleration")
	String endToleration(Input input) {
		this.tolerations.end(chosen(input), input.text(Losses.FIELD));
		return LIST;
	}

	private static String ask(Model model, Set<Fingerprint> chosen, String title, List<String> consequences,
			String button) {
		model.addAttribute("hidden", Map.of("fingerprint",
				chosen.stream().map(Fingerprint::value).sorted().collect(Collectors.joining(" "))));
		model.addAttribute("question", new Question(title, consequences, button, null, "/foreign-keys", "nodes"));
		return Question.VIEW;
	}

	/** Those of the form that came back. */
	private static Set<Fingerprint> chosenBefore(Model model) {
		return Form.in(model, Map.of())
			.values()
			.getOrDefault("fingerprint", List.of())
			.stream()
			.flatMap((value) -> Stream.of(value.split(" ")))
			.filter((value) -> !value.isBlank())
			.map(Fingerprint::parse)
			.collect(Collectors.toSet());
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
