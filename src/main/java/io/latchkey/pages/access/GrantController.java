package io.latchkey.pages.access;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.OtherWays;
import io.latchkey.delivery.Revocations;
import io.latchkey.delivery.WayOnNodes;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.logins.Logins;
import io.latchkey.nodestate.NodeState;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Moments;
import io.latchkey.pages.ProgressBar;
import io.latchkey.pages.Question;
import io.latchkey.pages.SessionsBox;
import io.latchkey.pages.Texts;
import io.latchkey.pages.WaysView;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page of a grant: how far it has come, its end, its revocation.
 */
@Controller
class GrantController {

	/** Those that are not done come first. */
	private static final int MOST_ENTRIES = 200;

	private static final Set<NodeState> STUCK = EnumSet.of(NodeState.UNREACHABLE, NodeState.REFUSED, NodeState.FAILED,
			NodeState.PENDING_ENROLMENT);

	private final Grants grants;

	private final Deliveries deliveries;

	private final OtherWays otherWays;

	private final Revocations revocations;

	private final SessionsBox sessions;

	private final Logins logins;

	private final ProgressBar bar;

	private final Texts texts;

	private final Clock clock;

	GrantController(Grants grants, Deliveries deliveries, OtherWays otherWays, Revocations revocations,
			SessionsBox sessions, Logins logins, ProgressBar bar, Texts texts, Clock clock) {
		this.grants = grants;
		this.deliveries = deliveries;
		this.otherWays = otherWays;
		this.revocations = revocations;
		this.sessions = sessions;
		this.logins = logins;
		this.bar = bar;
		this.texts = texts;
		this.clock = clock;
	}

	@GetMapping("/grants/{id}")
	String show(@PathVariable String id, Model model) {
		Grant grant = grant(id);
		describe(grant, model);
		model.addAttribute("use", this.logins.lastUsesOfGrants(List.of(grant.id().value())).get(grant.id().value()));
		return "access/grant";
	}

	/** The part of the page that is asked for again until all is done. */
	@GetMapping("/grants/{id}/delivery")
	String delivery(@PathVariable String id, Model model) {
		describe(grant(id), model);
		return "access/grant :: delivery";
	}

	@GetMapping("/grants/{id}/revoke")
	String askToRevoke(@PathVariable String id, Model model) {
		Form.in(model, Map.of());
		this.sessions.offer(model);
		Grant grant = grant(id);
		List<WayOnNodes> ways = this.otherWays.beside(grant.id());
		WaysView.show(ways, model);
		if (!ways.isEmpty()) {
			model.addAttribute("everyWay", Links.everyWay(grant.id().value()));
		}
		model.addAttribute("question", question(grant, ways));
		return Question.VIEW;
	}

	@PostMapping("/grants/{id}/revoke")
	String revoke(@PathVariable String id, Input input) {
		Grant grant = grant(id);
		this.revocations.revoke(grant.id(), this.sessions.chosen(input));
		return "redirect:" + Links.grant(grant.id().value());
	}

	@GetMapping("/grants/{id}/extend")
	String askForEnd(@PathVariable String id, Model model) {
		Grant grant = grant(id);
		Instant end = (grant.expiresAt() != null) ? grant.expiresAt() : this.clock.instant();
		Form.in(model, Map.of("expiresAt", Moments.field(end)));
		this.grants.longest().ifPresent((longest) -> model.addAttribute("latest", grant.startsAt().plus(longest)));
		model.addAttribute("grant", grant);
		model.addAttribute("id", id);
		return "access/extend";
	}

	/** Later by a length, or to another end; without an end it counts from now. */
	@PostMapping("/grants/{id}/extend")
	String extend(@PathVariable String id, Input input) {
		Grant grant = grant(id);
		this.grants.changeEnd(grant.id(), newEnd(grant, input), null);
		return "redirect:" + Links.grant(grant.id().value());
	}

	private Instant newEnd(Grant grant, Input input) {
		if (input.text("by") != null) {
			Instant from = (grant.expiresAt() != null) ? grant.expiresAt() : this.clock.instant();
			return from.plus(input.length("by"));
		}
		Instant end = input.instant("expiresAt");
		if (end == null) {
			throw new InvalidInputException(Fault.of("expiresAt", "time.missing"));
		}
		return end;
	}

	private void describe(Grant grant, Model model) {
		Delivery delivery = this.deliveries.of(grant.id());
		GrantStatus status = grant.statusAt(this.clock.instant());
		model.addAttribute("grant", grant);
		model.addAttribute("id", Long.toString(grant.id().value()));
		model.addAttribute("status", status);
		model.addAttribute("stillLetIn", delivery.countStillLetIn() > 0);
		model.addAttribute("anyAmiss", delivery.nodes().stream().anyMatch(GrantController::isAmiss));
		model.addAttribute("open", status == GrantStatus.ACTIVE || status == GrantStatus.SCHEDULED);
		model.addAttribute("entries", delivery.nodes().stream().limit(MOST_ENTRIES).toList());
		model.addAttribute("moreEntries", Math.max(0, delivery.nodes().size() - MOST_ENTRIES));
		model.addAttribute("progress", this.bar.of(delivery, status));
		model.addAttribute("limits", limits(grant));
	}

	/** What is only on its way needs nobody. */
	private static boolean isAmiss(Delivery.Entry entry) {
		return switch (entry.state()) {
			case FAILED -> true;
			case PENDING, STILL_PRESENT -> STUCK.contains(entry.nodeState());
			case IN_PLACE, REMOVED -> false;
		};
	}

	private List<String> limits(Grant grant) {
		List<String> limits = new ArrayList<>();
		if (!grant.options().from().isEmpty()) {
			limits.add(this.texts.of("page.grant.limit.from", String.join(", ", grant.options().from())));
		}
		if (grant.options().command() != null) {
			limits.add(this.texts.of("page.grant.limit.command", grant.options().command()));
		}
		if (grant.options().restrict()) {
			limits.add(this.texts.of("page.grant.limit.restrict"));
		}
		grant.options()
			.permit()
			.stream()
			.sorted()
			.forEach((permission) -> limits.add(this.texts.of("page.grant.limit.permit", permission.option())));
		grant.options()
			.environment()
			.forEach((name, value) -> limits.add(this.texts.of("page.grant.limit.environment", name, value)));
		if (grant.options().verifyRequired()) {
			limits.add(this.texts.of("page.grant.limit.verify"));
		}
		return limits;
	}

	/** It takes the login away where there is no other way. */
	private Question question(Grant grant, List<WayOnNodes> ways) {
		Set<String> nodes = this.deliveries.of(grant.id())
			.nodes()
			.stream()
			.map(Delivery.Entry::node)
			.collect(Collectors.toSet());
		Set<String> open = ways.stream().flatMap((way) -> way.nodes().stream()).collect(Collectors.toSet());
		long closed = nodes.stream().filter((node) -> !open.contains(node)).count();
		List<String> consequences = new ArrayList<>();
		if (closed > 0 || open.isEmpty()) {
			consequences.add(this.texts.of("page.grant.revoke.consequence", grant.account(), closed));
		}
		if (!open.isEmpty()) {
			consequences.add(this.texts.of("page.grant.revoke.all-the-same", grant.account(), open.size()));
		}
		consequences.add(this.texts.of("page.grant.revoke.note"));
		return new Question(
				this.texts.of("page.grant.revoke.title", grant.subject().name(), grant.target().name(),
						grant.account()),
				consequences, this.texts.of("page.grant.revoke"), null, Links.grant(grant.id().value()), "access");
	}

	private Grant grant(String id) {
		return this.grants.get(GrantId.parse(id).orElseThrow(() -> new NotFoundException("grant", id)));
	}

}
