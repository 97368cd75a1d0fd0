package io.latchkey.desired;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.internode.MeshPart;

/**
 * The records that decide what should stand on one node.
 *
 * @param grants the grants that reach the node and have not ended
 * @param members who is in the teams among their subjects
 * @param keys the keys of all identities among their subjects
 * @param mesh what it has to hold so that the nodes of its clusters reach each other
 */
public record NodeRecords(List<GrantReach> grants, Map<TeamId, Set<IdentityId>> members,
		Map<IdentityId, List<HeldKey>> keys, List<MeshPart> mesh) {

	/** What they come to at an instant, in the words of that sshd. */
	public DesiredState at(Instant now, Dialect dialect) {
		return new DesiredStateComposer(this, now, dialect).compose();
	}

	List<HeldKey> keysOf(GrantReach grant) {
		Set<IdentityId> subjects = (grant.subjectKind() == Subject.Kind.IDENTITY)
				? Set.of(new IdentityId(grant.subjectId()))
				: this.members.getOrDefault(new TeamId(grant.subjectId()), Set.of());
		return subjects.stream().flatMap((id) -> this.keys.getOrDefault(id, List.of()).stream()).toList();
	}

}
