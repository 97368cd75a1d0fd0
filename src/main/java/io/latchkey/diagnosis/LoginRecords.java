package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.conversation.accounts.AccountExamination;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.NodeRecords;
import io.latchkey.diagnosis.LoginFacts.OnRecord;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Node;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** What Latchkey's own records say of a login. */
@Component
class LoginRecords {

	private static final int MOST_ENDED = 50;

	private static final int MOST_TEAMS = 5;

	private static final int MOST_ADDRESSES = 10;

	private final Identities identities;

	private final DesiredStates desiredStates;

	private final Grants grants;

	private final Logins logins;

	private final Clock clock;

	LoginRecords(Identities identities, DesiredStates desiredStates, Grants grants, Logins logins, Clock clock) {
		this.identities = identities;
		this.desiredStates = desiredStates;
		this.grants = grants;
		this.logins = logins;
		this.clock = clock;
	}

	/**
	 * @throws io.latchkey.core.NotFoundException when there is no such identity
	 */
	LoginFacts of(Node node, String account, @Nullable String identity) {
		Instant now = this.clock.instant();
		if (identity == null) {
			return facts(node, account, null, OnRecord.NOTHING, now);
		}
		Identity who = this.identities.get(identity);
		NodeRecords records = this.desiredStates.recordsOf(node.id());
		List<GrantReach> all = records.grants()
			.stream()
			.filter((grant) -> records.holdersOf(grant).contains(who.id()))
			.toList();
		List<GrantReach> reaching = all.stream()
			.filter((grant) -> grant.account().equals(account))
			.sorted(Comparator.comparing(GrantReach::startsAt))
			.toList();
		List<String> others = all.stream()
			.map(GrantReach::account)
			.filter((each) -> !each.equals(account))
			.distinct()
			.sorted()
			.limit(10)
			.toList();
		return facts(node, account, who, new OnRecord(records, reaching, others,
				reaching.isEmpty() ? ended(node, account, who, now) : List.of(), addresses(who)), now);
	}

	private static LoginFacts facts(Node node, String account, @Nullable Identity who, OnRecord onRecord, Instant now) {
		return new LoginFacts(node, account, who, onRecord, now, null, AccountExamination.NONE, List.of());
	}

	/** From where its keys came in last, wherever they did. */
	private List<String> addresses(Identity who) {
		return this.logins.usesOf(who.fingerprints())
			.stream()
			.map(KeyUse::address)
			.distinct()
			.limit(MOST_ADDRESSES)
			.toList();
	}

	private List<Grant> ended(Node node, String account, Identity who, Instant now) {
		List<Grant> ended = new ArrayList<>();
		Stream
			.concat(Stream.of(new Subject(Subject.Kind.IDENTITY, who.name())),
					who.teams().stream().limit(MOST_TEAMS).map((team) -> new Subject(Subject.Kind.TEAM, team)))
			.forEach((subject) -> this.grants
				.list(new GrantQuery(subject, null, null, account, null), PageRequest.of(0, MOST_ENDED))
				.stream()
				.filter((grant) -> isOn(grant.target(), node) && hasEnded(grant, now))
				.forEach(ended::add));
		ended.sort(Comparator.comparing((Grant grant) -> endOf(grant, now)).reversed());
		return ended;
	}

	private static boolean isOn(Target target, Node node) {
		return (target.kind() == Target.Kind.NODE) ? target.name().equals(node.name())
				: node.clusters().contains(target.name());
	}

	private static boolean hasEnded(Grant grant, Instant now) {
		GrantStatus status = grant.statusAt(now);
		return status == GrantStatus.EXPIRED || status == GrantStatus.REVOKED;
	}

	private static Instant endOf(Grant grant, Instant now) {
		Instant revoked = grant.history().revokedAt();
		Instant expired = grant.expiresAt();
		return (revoked != null) ? revoked : (expired != null) ? expired : now;
	}

}
