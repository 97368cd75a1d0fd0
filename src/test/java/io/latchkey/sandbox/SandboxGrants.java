package io.latchkey.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.GrantQuery;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Permission;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.PageRequest;

/**
 * The sandbox's grants: with and without an end, narrowed, in the future, revoked.
 */
class SandboxGrants {

	private static final Target CLUSTER = new Target(Target.Kind.CLUSTER, Sandbox.CLUSTER);

	private final Grants grants;

	private final Clock clock;

	SandboxGrants(Grants grants, Clock clock) {
		this.grants = grants;
		this.clock = clock;
	}

	void furnish() {
		Instant tomorrow = this.clock.instant().plus(Duration.ofDays(1));
		GrantOptions onlyDeploys = new GrantOptions(List.of("127.0.0.0/8"), "printf 'deployed: %s\\n' \"$HOME\"", true,
				Set.of(), Map.of(), false);
		issue(identity(SandboxPeople.VISITOR), CLUSTER, null, null, "Have a look around", GrantOptions.NONE);
		issue(new Subject(Subject.Kind.TEAM, SandboxPeople.TEAM), CLUSTER, null, Duration.ofDays(30), "On call",
				GrantOptions.NONE);
		issue(identity(SandboxPeople.PIPELINE), node(1), null, null, "Deploys the application", onlyDeploys);
		issue(identity(SandboxPeople.PIPELINE), node(3), null, Duration.ofHours(2), "Replace the certificate",
				new GrantOptions(List.of(), null, true, Set.of(Permission.PTY), Map.of(), false));
		issue(identity(SandboxPeople.BOB), node(1), tomorrow, Duration.ofHours(4), "Maintenance window",
				GrantOptions.NONE);
		this.grants.revoke(issue(identity(SandboxPeople.BOB), node(2), null, Duration.ofHours(8), "Move the disk",
				GrantOptions.NONE)
			.id());
	}

	private Grant issue(Subject subject, Target target, @Nullable Instant startsAt, @Nullable Duration duration,
			String reason, GrantOptions options) {
		return this.grants.list(new GrantQuery(subject, target, null, null, null), PageRequest.of(0, 100))
			.stream()
			.filter((grant) -> reason.equals(grant.history().reason()))
			.findFirst()
			.orElseGet(() -> this.grants.issue(
					new GrantDraft(subject, target, SandboxNode.ACCOUNT, startsAt, duration, null, reason, options)));
	}

	private static Subject identity(String name) {
		return new Subject(Subject.Kind.IDENTITY, name);
	}

	private static Target node(int number) {
		return new Target(Target.Kind.NODE, "%s-node%02d".formatted(Sandbox.CLUSTER, number));
	}

}
