package io.latchkey.desired;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.UnreadableKey;
import io.latchkey.internode.MeshPart;

/**
 * The records that decide what should stand on one node.
 *
 * @param grants the grants that reach the node and have not ended
 * @param members who is in the teams among their subjects
 * @param keys the keys of all identities among their subjects
 * @param unreadable those of them that cannot be read as they are stored
 * @param mesh what it has to hold so that the nodes of its clusters reach each other
 */
public record NodeRecords(List<GrantReach> grants, Map<TeamId, Set<IdentityId>> members,
		Map<IdentityId, List<HeldKey>> keys, Map<IdentityId, List<UnreadableKey>> unreadable, List<MeshPart> mesh) {

	/** Nothing is granted, and no node of a cluster has to get in. */
	public static final NodeRecords NONE = new NodeRecords(List.of(), Map.of(), Map.of(), Map.of(), List.of());

	/** What they come to at an instant, in the words of that sshd. */
	public DesiredState at(Instant now, Dialect dialect) {
		DesiredStateComposer composer = new DesiredStateComposer(now, dialect);
		this.grants.forEach((grant) -> composer.claim(grant, keysOf(grant), of(grant, this.unreadable)));
		return composer.compose(this.mesh);
	}

	/** Whom the grant lets in by a key that has not ended. */
	public Set<IdentityId> identitiesLetInBy(GrantReach grant, Instant at) {
		return keysOf(grant).stream()
			.filter((held) -> held.key().expiresAt() == null || at.isBefore(held.key().expiresAt()))
			.map(HeldKey::identity)
			.collect(Collectors.toSet());
	}

	/**
	 * The same, when these grants are gone and these have left their teams.
	 */
	public NodeRecords without(Set<GrantId> gone, Map<TeamId, Set<IdentityId>> left) {
		Map<TeamId, Set<IdentityId>> stayed = new HashMap<>();
		this.members.forEach((team, all) -> stayed.put(team,
				all.stream()
					.filter((member) -> !left.getOrDefault(team, Set.of()).contains(member))
					.collect(Collectors.toSet())));
		return new NodeRecords(this.grants.stream().filter((grant) -> !gone.contains(grant.id())).toList(), stayed,
				this.keys, this.unreadable, this.mesh);
	}

	private List<HeldKey> keysOf(GrantReach grant) {
		return of(grant, this.keys);
	}

	/** Whom the grant is for, whether they have keys or not. */
	public Set<IdentityId> holdersOf(GrantReach grant) {
		return (grant.subjectKind() == Subject.Kind.IDENTITY) ? Set.of(new IdentityId(grant.subjectId()))
				: this.members.getOrDefault(new TeamId(grant.subjectId()), Set.of());
	}

	private <T> List<T> of(GrantReach grant, Map<IdentityId, List<T>> held) {
		return holdersOf(grant).stream().flatMap((id) -> held.getOrDefault(id, List.of()).stream()).toList();
	}

}
