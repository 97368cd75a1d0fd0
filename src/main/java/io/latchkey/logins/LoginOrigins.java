package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantSpan;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Whose a key was, and by which grant it let in, as of an instant.
 *
 * @param owners of keys, by name
 * @param ids of those names
 * @param placed the lines that Latchkey placed, which tell whose a key was that is
 * nobody's any more
 * @param grants those that stood at any time of interest
 */
record LoginOrigins(Map<Fingerprint, String> owners, Map<String, IdentityId> ids, Map<NodeId, List<PlacedLine>> placed,
		List<GrantSpan> grants, Map<NodeId, Set<ClusterId>> clusters, Map<TeamId, Set<IdentityId>> members,
		Set<Fingerprint> own, Set<Fingerprint> tolerated) {

	/** A log tells the second, and a node's clock is known to about one. */
	static final Duration UNSURE = Duration.ofSeconds(2);

	/** By what right the key let in. */
	Origin of(NodeId node, String account, @Nullable Fingerprint key, Instant at) {
		if (key == null) {
			return new Origin(Standing.NO_KEY, null, null);
		}
		if (this.own.contains(key)) {
			return new Origin(Standing.LATCHKEY, null, null);
		}
		String identity = identity(node, account, key);
		if (identity != null && identity.indexOf(':') >= 0) {
			return new Origin(Standing.INTER_NODE, identity, null);
		}
		Long grant = (identity != null) ? grant(node, account, this.ids.get(identity), at) : null;
		if (grant != null) {
			return new Origin(Standing.GRANTED, identity, grant);
		}
		return new Origin(this.tolerated.contains(key) ? Standing.TOLERATED : Standing.UNGRANTED, identity, null);
	}

	private @Nullable String identity(NodeId node, String account, Fingerprint key) {
		String owner = this.owners.get(key);
		return (owner != null) ? owner
				: this.placed.getOrDefault(node, List.of())
					.stream()
					.filter((line) -> line.fingerprint().equals(key))
					.min(Comparator.comparing((PlacedLine line) -> !line.account().equals(account)))
					.map(PlacedLine::identity)
					.orElse(null);
	}

	/** The one that ends last, of several. */
	private @Nullable Long grant(NodeId node, String account, @Nullable IdentityId identity, Instant at) {
		if (identity == null) {
			return null;
		}
		return this.grants.stream()
			.filter((span) -> span.stoodWithin(at.minus(UNSURE), at.plus(UNSURE)))
			.map(GrantSpan::reach)
			.filter((reach) -> reach.account().equals(account))
			.filter((reach) -> isOn(reach, node) && isFor(reach, identity))
			.max(Comparator.comparing(LoginOrigins::end).thenComparing((reach) -> -reach.id().value()))
			.map((reach) -> reach.id().value())
			.orElse(null);
	}

	private static Instant end(GrantReach reach) {
		return (reach.expiresAt() != null) ? reach.expiresAt() : Instant.MAX;
	}

	private boolean isOn(GrantReach reach, NodeId node) {
		return (reach.targetKind() == Target.Kind.NODE) ? reach.targetId() == node.value()
				: this.clusters.getOrDefault(node, Set.of()).contains(new ClusterId(reach.targetId()));
	}

	private boolean isFor(GrantReach reach, IdentityId identity) {
		return (reach.subjectKind() == Subject.Kind.IDENTITY) ? reach.subjectId() == identity.value()
				: this.members.getOrDefault(new TeamId(reach.subjectId()), Set.of()).contains(identity);
	}

	/**
	 * By what right.
	 */
	record Origin(Standing standing, @Nullable String identity, @Nullable Long grant) {

	}

}
