package io.latchkey.delivery;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredStates;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.nodestate.ForeignLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/**
 * Reads the ways in; a fixed number of queries, whatever the number of grants and nodes.
 */
@Component
class WayReader {

	private final DesiredStates desiredStates;

	private final ForeignLineRepository foreignLines;

	private final Teams teams;

	private final HeldKeys heldKeys;

	private final Clock clock;

	WayReader(DesiredStates desiredStates, ForeignLineRepository foreignLines, Teams teams, HeldKeys heldKeys,
			Clock clock) {
		this.desiredStates = desiredStates;
		this.foreignLines = foreignLines;
		this.teams = teams;
		this.heldKeys = heldKeys;
		this.clock = clock;
	}

	/** Of all whom these grants are for. */
	Ways read(Collection<GrantReach> grants, Set<NodeId> nodes) {
		Map<TeamId, Set<IdentityId>> members = this.teams.membersOf(grants.stream()
			.filter((grant) -> grant.subjectKind() == Subject.Kind.TEAM)
			.map((grant) -> new TeamId(grant.subjectId()))
			.collect(Collectors.toSet()));
		Map<GrantId, Set<IdentityId>> holders = new HashMap<>();
		grants.forEach((grant) -> holders.put(grant.id(),
				(grant.subjectKind() == Subject.Kind.IDENTITY) ? Set.of(new IdentityId(grant.subjectId()))
						: members.getOrDefault(new TeamId(grant.subjectId()), Set.of())));
		return read(holders, nodes);
	}

	/** Of these alone. */
	Ways read(Map<GrantId, Set<IdentityId>> holders, Set<NodeId> nodes) {
		Set<IdentityId> all = new HashSet<>();
		holders.values().forEach(all::addAll);
		Map<Fingerprint, IdentityId> keys = this.heldKeys.holdersOfKeysOf(all);
		List<ForeignLine> foreign = this.foreignLines.standing(keys.keySet())
			.stream()
			.filter((line) -> nodes.contains(line.node()))
			.toList();
		return new Ways(this.desiredStates.recordsOf(nodes), holders, keys, foreign, this.clock.instant());
	}

}
