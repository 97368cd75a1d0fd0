package io.latchkey.pages.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Closing;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Closes a grant and every other way in beside it, after one question that shows all of
 * it.
 */
@Controller
class EveryWayController {

	private static final int MOST_STEPS = 20;

	private final Grants grants;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Texts texts;

	EveryWayController(Grants grants, Revocations revocations, SessionsBox sessions, Texts texts) {
		this.grants = grants;
		this.revocations = revocations;
		this.sessions = sessions;
		this.texts = texts;
	}

	@GetMapping("/grants/{id}/close-every-way")
	String ask(@PathVariable String id, Model model) {
		Grant grant = grant(id);
		Closing closing = this.revocations.everyWay(grant.id());
		Form.in(model, Map.of());
		this.sessions.offer(model);
		Losses.show(closing.preview(), this.texts.of("page.every-way.losses"), model);
		model.addAttribute("question", question(grant, closing));
		return Question.VIEW;
	}

	@PostMapping("/grants/{id}/close-every-way")
	String close(@PathVariable String id, Input input) {
		Grant grant = grant(id);
		this.revocations.closeEveryWay(grant.id(), input.text(Losses.FIELD), this.sessions.chosen(input));
		return "redirect:" + Links.grant(grant.id().value());
	}

	private Question question(Grant grant, Closing closing) {
		return new Question(
				this.texts.of("page.every-way.title", grant.subject().name(), grant.target().name(), grant.account()),
				steps(closing), this.texts.of("page.every-way"), null, Links.grant(grant.id().value()), "access");
	}

	private List<String> steps(Closing closing) {
		List<String> steps = new ArrayList<>();
		closing.revoked()
			.forEach((grant) -> steps.add(this.texts.of("page.every-way.revoke", Long.toString(grant.id().value()),
					grant.subject().name(), grant.target().name(), grant.account())));
		closing.left().forEach((out) -> steps.add(this.texts.of("page.every-way.leave", out.identity(), out.team())));
		if (!closing.foreign().isEmpty()) {
			steps.add(this.texts.of("page.every-way.foreign", closing.foreign().size()));
		}
		if (steps.isEmpty()) {
			return List.of(this.texts.of("page.every-way.none"));
		}
		List<String> shown = new ArrayList<>(List.of(this.texts.of("page.every-way.steps")));
		shown.addAll(steps.subList(0, Math.min(steps.size(), MOST_STEPS)));
		if (steps.size() > MOST_STEPS) {
			shown.add(this.texts.of("page.losses.more", steps.size() - MOST_STEPS));
		}
		shown.add(this.texts.of("page.every-way.kept"));
		return shown;
	}

	private Grant grant(String id) {
		return this.grants.get(GrantId.parse(id).orElseThrow(() -> new NotFoundException("grant", id)));
	}

}
