package io.latchkey.pages.nodes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.foreignkeys.Adoption;
import io.latchkey.foreignkeys.AdoptionReach;
import io.latchkey.foreignkeys.Adoptions;
import io.latchkey.identity.IdentityKind;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.Texts;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Says whose foreign keys are to be. */
@Controller
class AdoptionController {

	private static final int MOST_PLACES = 50;

	private final Adoptions adoptions;

	private final ForeignKeyInbox inbox;

	private final Texts texts;

	AdoptionController(Adoptions adoptions, ForeignKeyInbox inbox, Texts texts) {
		this.adoptions = adoptions;
		this.inbox = inbox;
		this.texts = texts;
	}

	/** Where is shown what the keys would be let in to, before it is confirmed. */
	@GetMapping("/foreign-keys/adopt")
	String askToAdopt(HttpServletRequest request, Model model) {
		if (!(model.getAttribute("reach") instanceof AdoptionReach reach)) {
			return this.inbox.show(request, model);
		}
		Form form = Form.in(model, Map.of());
		Map<String, String> hidden = new LinkedHashMap<>();
		for (String field : List.of("identity", "kind", "reason")) {
			hidden.put(field, Objects.requireNonNullElse(form.value(field), ""));
		}
		hidden.putAll(ChosenKeys.hidden(reach.keys()));
		hidden.put(Losses.FIELD, reach.digest());
		model.addAttribute("hidden", hidden);
		model.addAttribute("question", new Question(this.texts.of("page.foreign.reach.title", reach.identity()),
				consequences(reach), this.texts.of("page.foreign.reach.confirm"), null, "/foreign-keys", "nodes"));
		return Question.VIEW;
	}

	private List<String> consequences(AdoptionReach reach) {
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
		return consequences;
	}

	@PostMapping("/foreign-keys/adopt")
	String adopt(Input input, RedirectAttributes list) {
		if (input.text("identity") == null) {
			throw new InvalidInputException(Fault.of("identity", "adoption.identity"));
		}
		Adoption.Outcome outcome = this.adoptions.adopt(new Adoption(ChosenKeys.of(input), input.word("identity"),
				input.choice("kind", IdentityKind.class), input.text("reason")), input.text(Losses.FIELD));
		list.addFlashAttribute("adopted", outcome);
		list.addFlashAttribute("left",
				outcome.left()
					.stream()
					.map((left) -> "%s, %s: %s".formatted(left.place().node(), left.place().account(),
							this.texts.of(left.why())))
					.toList());
		return "redirect:/foreign-keys";
	}

}
