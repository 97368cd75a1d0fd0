package io.latchkey.pages.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.delivery.Closing;
import io.latchkey.delivery.OtherWays;
import io.latchkey.delivery.Revocations;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Losses;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Revokes the grants that were chosen in the list, after one question that shows all that
 * goes.
 */
@Controller
class RevokeChosenController {

	private static final int MOST_NAMED = 20;

	private static final String LIST = "/grants";

	private final Revocations revocations;

	private final OtherWays otherWays;

	private final SessionsBox sessions;

	private final Texts texts;

	RevokeChosenController(Revocations revocations, OtherWays otherWays, SessionsBox sessions, Texts texts) {
		this.revocations = revocations;
		this.otherWays = otherWays;
		this.sessions = sessions;
		this.texts = texts;
	}

	@GetMapping("/grants/revoke")
	String ask(Input input, Model model, RedirectAttributes list) {
		Set<GrantId> chosen = ChosenGrants.in(input, model);
		Closing closing = this.revocations.onlyThese(chosen);
		List<GrantId> open = closing.revoked().stream().map(Grant::id).toList();
		if (open.isEmpty()) {
			list.addFlashAttribute("done", this.texts.of("page.grants.none"));
			return "redirect:" + LIST;
		}
		Form.in(model, Map.of());
		this.sessions.offer(model);
		WaysView.show(this.otherWays.besideAll(open), model);
		Losses.show(closing.preview(), this.texts.of("page.grants.revoke.losses"), model);
		Map<String, String> hidden = new LinkedHashMap<>(Map.of(ChosenGrants.FIELD, ChosenGrants.field(open)));
		if (closing.preview().countRemoved() == 0) {
			hidden.put(Losses.FIELD, closing.preview().digest());
		}
		model.addAttribute("hidden", hidden);
		model.addAttribute("question",
				new Question(this.texts.of("page.grants.revoke.title", open.size()), consequences(chosen, closing),
						this.texts.of("page.grants.revoke.confirm", open.size()), null, LIST, "access"));
		return Question.VIEW;
	}

	@PostMapping("/grants/revoke")
	String revoke(Input input, RedirectAttributes list) {
		List<Grant> revoked = this.revocations.revokeAll(ChosenGrants.in(input), input.text(Losses.FIELD),
				this.sessions.chosen(input));
		list.addFlashAttribute("done", this.texts.of("page.grants.revoked", revoked.size()));
		return "redirect:" + LIST;
	}

	private List<String> consequences(Set<GrantId> chosen, Closing closing) {
		List<String> consequences = new ArrayList<>(List.of(this.texts.of("page.every-way.steps")));
		closing.revoked()
			.stream()
			.limit(MOST_NAMED)
			.map((grant) -> this.texts.of("page.every-way.revoke", Long.toString(grant.id().value()),
					grant.subject().name(), grant.target().name(), grant.account()))
			.forEach(consequences::add);
		if (closing.revoked().size() > MOST_NAMED) {
			consequences.add(this.texts.of("page.losses.more", closing.revoked().size() - MOST_NAMED));
		}
		Set<GrantId> ended = new HashSet<>(chosen);
		closing.revoked().forEach((grant) -> ended.remove(grant.id()));
		if (!ended.isEmpty()) {
			consequences.add(this.texts.of("page.grants.ended", ended.size(), named(ended)));
		}
		consequences.add(this.texts.of("page.grants.revoke.note"));
		return consequences;
	}

	private static String named(Collection<GrantId> ids) {
		return ids.stream()
			.map(GrantId::value)
			.sorted()
			.map((id) -> Long.toString(id))
			.collect(Collectors.joining(", "));
	}

}
