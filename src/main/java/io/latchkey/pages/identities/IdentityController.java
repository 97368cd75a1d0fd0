package io.latchkey.pages.identities;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.OtherWays;
import io.latchkey.delivery.Revocations;
import io.latchkey.delivery.Suspensions;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.identity.Teams;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.ProgressBar;
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
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page of an identity: its keys, what it can reach, and what can be done with it.
 */
@Controller
class IdentityController {

	private static final String ROOM = "identities";

	/** Those that are not done come first. */
	private static final int MOST_ENTRIES = 200;

	private final Identities identities;

	private final Teams teams;

	private final Grants grants;

	private final GrantRows rows;

	private final OtherWays otherWays;

	private final Suspensions suspensions;

	private final UnendedSessions unendedSessions;

	private final ProgressBar bar;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Removals removals;

	private final Texts texts;

	private final Clock clock;

	IdentityController(Identities identities, Teams teams, Grants grants, GrantRows rows, OtherWays otherWays,
			Suspensions suspensions, UnendedSessions unendedSessions, ProgressBar bar, Revocations revocations,
			SessionsBox sessions, Removals removals, Texts texts, Clock clock) {
		this.identities = identities;
		this.teams = teams;
		this.grants = grants;
		this.rows = rows;
		this.otherWays = otherWays;
		this.suspensions = suspensions;
		this.unendedSessions = unendedSessions;
		this.bar = bar;
		this.revocations = revocations;
		this.sessions = sessions;
		this.removals = removals;
		this.texts = texts;
		this.clock = clock;
	}

	@GetMapping("/identities/{name}")
	String show(@PathVariable String name, Model model) {
		Identity identity = this.identities.get(name);
		List<GrantRow> reach = reach(identity);
		model.addAttribute("identity", identity);
		model.addAttribute("reach", reach);
		List<GrantRow> active = reach.stream().filter((row) -> row.status() == GrantStatus.ACTIVE).toList();
		model.addAttribute("active", active.size());
		model.addAttribute("accounts", active.stream().map(GrantRow::account).distinct().count());
		model.addAttribute("nodes", GrantRow.nodesOf(active));
		List<UnendedSession> unended = this.unendedSessions.of(identity);
		model.addAttribute("unended", unended);
		model.addAttribute("anyLeft", unended.stream().anyMatch(UnendedSession::isLeft));
		Instant now = this.clock.instant();
		model.addAttribute("keyless",
				identity.keys().stream().noneMatch((key) -> key.expiresAt() == null || now.isBefore(key.expiresAt())));
		model.addAttribute("now", now);
		if (identity.status() == IdentityStatus.SUSPENDED) {
			showForeignLines(identity, model);
			showSuspension(identity, model);
		}
		return "identities/identity";
	}

	/** The part of the page that is asked for again until all is done. */
	@GetMapping("/identities/{name}/suspension")
	String suspension(@PathVariable String name, Model model) {
		Identity identity = this.identities.get(name);
		model.addAttribute("identity", identity);
		if (identity.status() == IdentityStatus.SUSPENDED) {
			showSuspension(identity, model);
		}
		return "identities/identity :: suspension";
	}

	private void showSuspension(Identity identity, Model model) {
		Delivery gone = this.suspensions.of(identity);
		model.addAttribute("progress", this.bar.of(gone, GrantStatus.REVOKED));
		model.addAttribute("entries", gone.nodes().stream().limit(MOST_ENTRIES).toList());
		model.addAttribute("moreEntries", Math.max(0, gone.nodes().size() - MOST_ENTRIES));
	}

	@GetMapping("/identities/{name}/edit")
	String edit(@PathVariable String name, Model model) {
		Identity identity = this.identities.get(name);
		Form.in(model, Map.of("kind", identity.kind().name(), "displayName",
				Objects.requireNonNullElse(identity.displayName(), ""), "email",
				Objects.requireNonNullElse(identity.email(), ""), "version", Long.toString(identity.version())));
		model.addAttribute("kinds", IdentityListController.KINDS);
		model.addAttribute("name", name);
		return "identities/edit";
	}

	@PostMapping("/identities/{name}/edit")
	String edit(@PathVariable String name, Input input) {
		this.identities.get(name);
		this.identities.put(IdentityListController.draft(name, input), (long) input.number("version"));
		return "redirect:" + Links.identity(name);
	}

	@GetMapping("/identities/{name}/add-key")
	String addKey(@PathVariable String name, @RequestParam(defaultValue = "") String replaces, Model model) {
		Replacing.offer(this.identities.get(name), model);
		Form.in(model, Map.of("replaces", replaces, "overlap", Replacing.USUAL_OVERLAP));
		model.addAttribute("name", name);
		return "identities/add-key";
	}

	@PostMapping("/identities/{name}/add-key")
	String addKey(@PathVariable String name, Input input) {
		KeyReplacement replacement = Replacing.read(input);
		if (replacement != null) {
			this.identities.replaceKey(name, input.raw("publicKey"), input.text("comment"), input.instant("expiresAt"),
					replacement);
		}
		else {
			this.identities.addKey(name, input.raw("publicKey"), input.text("comment"), input.instant("expiresAt"));
		}
		return "redirect:" + Links.identity(name);
	}

	@GetMapping("/identities/{name}/remove-key")
	String askToRemoveKey(@PathVariable String name, @RequestParam String fingerprint, Model model) {
		Identity identity = this.identities.get(name);
		Form.in(model, Map.of());
		this.sessions.offer(model);
		WaysView.show(this.otherWays.ofForeignLines(name, Fingerprint.find(fingerprint).stream().toList()), model);
		model.addAttribute("hidden", Map.of("fingerprint", fingerprint));
		model.addAttribute("question", new Question(this.texts.of("page.key.remove.title", name),
				keyRemoval(identity, fingerprint), this.texts.of("page.remove"), null, Links.identity(name), ROOM));
		return Question.VIEW;
	}

	private List<String> keyRemoval(Identity identity, String fingerprint) {
		List<String> consequences = new ArrayList<>(
				List.of(this.texts.of("page.key.remove.consequence", nodes(identity)), fingerprint));
		Instant now = this.clock.instant();
		long others = identity.keys()
			.stream()
			.filter((key) -> !key.key().fingerprint().value().equals(fingerprint))
			.filter((key) -> key.expiresAt() == null || now.isBefore(key.expiresAt()))
			.count();
		if (others > 0 && identity.status() == IdentityStatus.ACTIVE) {
			consequences.add(this.texts.of("page.key.remove.others", identity.name(), others));
		}
		return consequences;
	}

	@PostMapping("/identities/{name}/remove-key")
	String removeKey(@PathVariable String name, Input input) {
		this.revocations.removeKey(name, fingerprint(input), this.sessions.chosen(input));
		return "redirect:" + Links.identity(name);
	}

	private static Fingerprint fingerprint(Input input) {
		try {
			return Fingerprint.parse(input.word("fingerprint"));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of("fingerprint", "verbatim", String.valueOf(ex.getMessage())));
		}
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
		WaysView.show(this.otherWays.ofForeignLines(identity.name(),
				identity.keys().stream().map((key) -> key.key().fingerprint()).toList()), model);
	}

	private Question suspension(Identity identity) {
		int nodes = nodes(identity);
		return new Question(this.texts.of("page.identity.suspend.title", identity.name()),
				List.of(this.texts.of("page.identity.suspend.consequence", identity.keys().size(), nodes),
						this.texts.of("page.identity.suspend.note")),
				this.texts.of("page.identity.suspend"), Question.typedFor(identity.name(), nodes),
				Links.identity(identity.name()), ROOM);
	}

	private Question deletion(Identity identity) {
		List<GrantRow> reach = reach(identity);
		long own = reach.stream().filter((row) -> row.subject().name().equals(identity.name())).count();
		int nodes = GrantRow.nodesOf(reach);
		return new Question(this.texts.of("page.identity.delete.title", identity.name()),
				List.of(this.texts.of("page.identity.delete.consequence", identity.keys().size(), nodes, own),
						this.texts.of("page.identity.delete.note")),
				this.texts.of("page.delete"), Question.typedFor(identity.name(), nodes),
				Links.identity(identity.name()), ROOM);
	}

	private int nodes(Identity identity) {
		return GrantRow.nodesOf(reach(identity));
	}

	private List<GrantRow> reach(Identity identity) {
		return this.rows.ofReaches(this.grants.unendedOf(Set.of(identity.id()), this.teams.teamsOf(identity.id())));
	}

}
