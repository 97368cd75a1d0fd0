package io.latchkey.grants;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/** What a grant must fulfil; finds all the faults at once. */
@Component
class GrantPolicy {

	private static final int LONGEST_REASON = 1000;

	private static final int MOST_NAMED = 5;

	private final Identities identities;

	private final Teams teams;

	private final Nodes nodes;

	private final Clusters clusters;

	private final GrantProperties properties;

	private final ObjectProvider<AccountsOnNodes> accounts;

	/**
	 * @param accounts where nothing is known of them, there is none
	 */
	GrantPolicy(Identities identities, Teams teams, Nodes nodes, Clusters clusters, GrantProperties properties,
			ObjectProvider<AccountsOnNodes> accounts) {
		this.identities = identities;
		this.teams = teams;
		this.nodes = nodes;
		this.clusters = clusters;
		this.properties = properties;
		this.accounts = accounts;
	}

	/** An account that is known not to be there is a fault of it. */
	ResolvedGrant resolveToIssue(GrantDraft draft, Instant now) {
		return resolve(draft, now, draft.accountMayBeMissing());
	}

	ResolvedGrant resolve(GrantDraft draft, Instant now) {
		return resolve(draft, now, true);
	}

	private ResolvedGrant resolve(GrantDraft draft, Instant now, boolean accountMayBeMissing) {
		Faults faults = new Faults();
		OptionalLong subject = subjectId(draft.subject(), faults);
		OptionalLong target = targetId(draft.target(), faults);
		checkAccount(draft, target.isPresent(), accountMayBeMissing, faults);
		if (draft.reason() != null && draft.reason().length() > LONGEST_REASON) {
			faults.add(Fault.of("reason", "text.long", LONGEST_REASON));
		}
		Instant start = ((draft.startsAt() != null) ? draft.startsAt() : now).truncatedTo(ChronoUnit.MICROS);
		Instant end = end(draft, start, faults);
		checkWindow(draft, start, end, now, faults);
		faults.addAll(GrantOptionsCheck.faults(draft.options()));
		faults.check();
		return new ResolvedGrant(draft, subject.orElseThrow(), target.orElseThrow(), start, end);
	}

	void checkNewEnd(Grant grant, Instant end, Instant now) {
		GrantStatus status = grant.statusAt(now);
		if (status == GrantStatus.REVOKED || status == GrantStatus.EXPIRED) {
			throw new InvalidInputException(Fault.of("expiresAt", "grant.ended"));
		}
		Faults faults = new Faults();
		checkEnd("expiresAt", grant.startsAt(), end, now, faults);
		faults.check();
	}

	Optional<Duration> longest() {
		return Optional.ofNullable(this.properties.maxDuration());
	}

	private OptionalLong subjectId(Subject subject, Faults faults) {
		try {
			return OptionalLong.of((subject.kind() == Subject.Kind.IDENTITY)
					? this.identities.idOf(subject.name()).value() : this.teams.idOf(subject.name()).value());
		}
		catch (NotFoundException ex) {
			faults.add(Fault.of("subject", "grant.unknown", ex.kind(), ex.name()));
			return OptionalLong.empty();
		}
	}

	private OptionalLong targetId(Target target, Faults faults) {
		try {
			return OptionalLong.of((target.kind() == Target.Kind.NODE) ? this.nodes.idOf(target.name()).value()
					: this.clusters.idOf(target.name()).value());
		}
		catch (NotFoundException ex) {
			faults.add(Fault.of("target", "grant.unknown", ex.kind(), ex.name()));
			return OptionalLong.empty();
		}
	}

	private void checkAccount(GrantDraft draft, boolean targetKnown, boolean mayBeMissing, Faults faults) {
		Optional<Fault> malformed = AccountName.fault("account", draft.account());
		if (malformed.isPresent()) {
			faults.add(malformed.get());
			return;
		}
		if (!targetKnown) {
			return;
		}
		List<Node> nodes = targetNodes(draft.target());
		List<String> unable = nodes.stream()
			.filter((node) -> node.management().privilege() == Privilege.SELF
					&& !node.management().account().equals(draft.account()))
			.map(Node::name)
			.toList();
		if (!unable.isEmpty()) {
			faults.add(Fault.of("account", "grant.account.self", draft.account(), String.join(", ", unable)));
		}
		else if (!mayBeMissing) {
			checkPresence(draft.account(), nodes, faults);
		}
	}

	/** One that is missing on some of the nodes may be meant. */
	private void checkPresence(String account, List<Node> nodes, Faults faults) {
		AccountsOnNodes accounts = this.accounts.getIfAvailable();
		if (accounts == null || nodes.isEmpty()
				|| accounts.without(account, nodes.stream().map(Node::id).toList()).size() < nodes.size()) {
			return;
		}
		String where = nodes.stream().map(Node::name).limit(MOST_NAMED).collect(Collectors.joining(", "))
				+ ((nodes.size() > MOST_NAMED) ? ", …" : "");
		List<String> near = accounts.namesLike(account, nodes.get(0).id());
		faults.add(near.isEmpty() ? Fault.of("account", "grant.account.missing", account, where)
				: Fault.of("account", "grant.account.missing.near", account, where, String.join(", ", near)));
		faults.add(Fault.of("accountMayBeMissing", "grant.account.may-be-missing"));
	}

	private List<Node> targetNodes(Target target) {
		return (target.kind() == Target.Kind.NODE) ? List.of(this.nodes.get(target.name()))
				: this.nodes.list(null, target.name(), Pageable.unpaged()).getContent();
	}

	private @Nullable Instant end(GrantDraft draft, Instant start, Faults faults) {
		if (draft.duration() != null && draft.expiresAt() != null) {
			faults.add(Fault.of("duration", "grant.duration-and-end"));
			return null;
		}
		if (draft.duration() != null) {
			return endAfter(draft.duration(), start, faults);
		}
		return (draft.expiresAt() != null) ? draft.expiresAt().truncatedTo(ChronoUnit.SECONDS) : null;
	}

	private static @Nullable Instant endAfter(Duration duration, Instant start, Faults faults) {
		if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(36_500)) > 0) {
			faults.add(Fault.of("duration", "grant.duration.malformed"));
			return null;
		}
		// sshd knows whole seconds only; rounding up keeps at least what was asked for
		return start.plus(duration).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
	}

	private void checkWindow(GrantDraft draft, Instant start, @Nullable Instant end, Instant now, Faults faults) {
		if (end != null) {
			checkEnd((draft.duration() != null) ? "duration" : "expiresAt", start, end, now, faults);
		}
		else if (draft.duration() == null && draft.expiresAt() == null && !this.properties.permanentAllowed()) {
			faults.add(Fault.of("expiresAt", "grant.permanent-refused"));
		}
	}

	private void checkEnd(String field, Instant start, Instant end, Instant now, Faults faults) {
		if (!end.isAfter(start)) {
			faults.add(Fault.of(field, "grant.end-before-start"));
		}
		else if (!end.isAfter(now)) {
			faults.add(Fault.of(field, "grant.end-in-the-past"));
		}
		else if (exceeds(this.properties.maxDuration(), start, end)) {
			faults.add(Fault.of(field, "grant.too-long", String.valueOf(this.properties.maxDuration())));
		}
	}

	/** A second more than the policy is what the rounding may have added. */
	private static boolean exceeds(@Nullable Duration most, Instant start, Instant end) {
		return most != null && Duration.between(start, end).compareTo(most.plusSeconds(1)) > 0;
	}

}
