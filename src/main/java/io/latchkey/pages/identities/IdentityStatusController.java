package io.latchkey.pages.identities;

import java.util.List;
import java.util.Map;

import io.latchkey.delivery.ForeignWayReader;
import io.latchkey.delivery.Revocations;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Question;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Suspending, resuming and deleting an identity.
 */
@Controller
class IdentityStatusController {

	private static final String ROOM = "identities";

	private final Identities identities;

	private final IdentityReach reach;

	private final ForeignWayReader foreignWays;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Removals removals;

	private final Texts texts;

	IdentityStatusController(Identities identities, IdentityReach reach, ForeignWayReader foreignWays,
			Revocations revocations, SessionsBox sessions, Removals removals, Texts texts) {
		this.identities = identities;
		this.reach = reach;
		this.foreignWays = foreignWays;
		this.revocations = revocations;
		this.sessions = sessions;
		this.removals = removals;
		this.texts = texts;
	}

	@GetMapping("/identities/{name}/suspend")
	String askToSuspend(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		this.sessions.offer(model);
		showForeignLines(this.identities.get(name), model);
		model.addAttribute("question", suspension(this.identities.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/identities/{name}/suspend")
	String suspend(@PathVariable String name, Input input) {
		suspension(this.identities.get(name)).check(input);
		this.revocations.suspend(name, this.sessions.chosen(input));
		return "redirect:" + Links.identity(name);
	}

	@PostMapping("/identities/{name}/resume")
	String resume(@PathVariable String name) {
		this.identities.resume(name);
		return "redirect:" + Links.identity(name);
	}

	@GetMapping("/identities/{name}/delete")
	String askToDelete(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		showForeignLines(this.identities.get(name), model);
		model.addAttribute("question", deletion(this.identities.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/identities/{name}/delete")
	String delete(@PathVariable String name, Input input) {
		deletion(this.identities.get(name)).check(input);
		this.removals.carryOut(RemovalScope.identity(name), input.text(Losses.FIELD),
				() -> this.identities.delete(name));
		return "redirect:/identities";
	}

	/** What Latchkey did not write stays, whatever is done with the identity. */
	private void showForeignLines(Identity identity, Model model) {
		WaysView.show(this.foreignWays.of(identity.name(), identity.fingerprints()), model);
	}

	private Question suspension(Identity identity) {
		int nodes = this.reach.nodesOf(identity);
		return new Question(this.texts.of("page.identity.suspend.title", identity.name()),
				List.of(this.texts.of("page.identity.suspend.consequence", identity.keys().size(), nodes),
						this.texts.of("page.identity.suspend.note")),
				this.texts.of("page.identity.suspend"), Question.typedFor(identity.name(), nodes),
				Links.identity(identity.name()), ROOM);
	}

	private Question deletion(Identity identity) {
		List<GrantRow> reach = this.reach.of(identity);
		long own = reach.stream().filter((row) -> row.grant().subject().name().equals(identity.name())).count();
		int nodes = GrantRow.nodesOf(reach);
		return new Question(this.texts.of("page.identity.delete.title", identity.name()),
				List.of(this.texts.of("page.identity.delete.consequence", identity.keys().size(), nodes, own),
						this.texts.of("page.identity.delete.note")),
				this.texts.of("page.delete"), Question.typedFor(identity.name(), nodes),
				Links.identity(identity.name()), ROOM);
	}

}
