package io.latchkey.pages.identities;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.ForeignWayReader;
import io.latchkey.delivery.Suspensions;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.grants.GrantStatus;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.identity.IdentityStatus;
import io.latchkey.logins.Logins;
import io.latchkey.pages.Form;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.ProgressBar;
import io.latchkey.pages.WaysView;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page of one identity.
 */
@Controller
class IdentityController {

	/** Those that are not done come first. */
	private static final int MOST_ENTRIES = 200;

	private final Identities identities;

	private final IdentityReach reach;

	private final ForeignWayReader foreignWays;

	private final Suspensions suspensions;

	private final UnendedSessions unendedSessions;

	private final Logins logins;

	private final ProgressBar bar;

	private final Clock clock;

	IdentityController(Identities identities, IdentityReach reach, ForeignWayReader foreignWays,
			Suspensions suspensions, UnendedSessions unendedSessions, Logins logins, ProgressBar bar, Clock clock) {
		this.identities = identities;
		this.reach = reach;
		this.foreignWays = foreignWays;
		this.suspensions = suspensions;
		this.unendedSessions = unendedSessions;
		this.logins = logins;
		this.bar = bar;
		this.clock = clock;
	}

	@GetMapping("/identities/{name}")
	String show(@PathVariable String name, Model model) {
		Identity identity = this.identities.get(name);
		List<GrantRow> reach = this.reach.of(identity);
		model.addAttribute("identity", identity);
		model.addAttribute("reach", reach);
		List<GrantRow> active = reach.stream().filter((row) -> row.status() == GrantStatus.ACTIVE).toList();
		model.addAttribute("active", active.size());
		model.addAttribute("accounts",
				active.stream().map((grantRow) -> grantRow.grant().account()).distinct().count());
		model.addAttribute("nodes", GrantRow.nodesOf(active));
		List<UnendedSession> unended = this.unendedSessions.of(identity);
		model.addAttribute("unended", unended);
		model.addAttribute("anyLeft", unended.stream().anyMatch(UnendedSession::isLeft));
		Instant now = this.clock.instant();
		model.addAttribute("keyless",
				identity.keys().stream().noneMatch((key) -> key.expiresAt() == null || now.isBefore(key.expiresAt())));
		model.addAttribute("now", now);
		model.addAttribute("uses", this.logins.lastUses(identity.fingerprints()));
		model.addAttribute("lastUses", this.logins.usesOf(identity.fingerprints()));
		if (identity.status() == IdentityStatus.SUSPENDED) {
			WaysView.show(this.foreignWays.of(name, identity.fingerprints()), model);
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

}
