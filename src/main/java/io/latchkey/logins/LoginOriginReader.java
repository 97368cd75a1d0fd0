package io.latchkey.logins;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.grants.GrantSpan;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.Identities;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/** Gathers what tells whose keys were, for many nodes by a fixed number of queries. */
@Component
class LoginOriginReader {

	private final Identities identities;

	private final HeldKeys heldKeys;

	private final Teams teams;

	private final Clusters clusters;

	private final Grants grants;

	private final PlacedLineRepository placedLines;

	private final ManagementKeys managementKeys;

	private final Tolerations tolerations;

	LoginOriginReader(Identities identities, HeldKeys heldKeys, Teams teams, Clusters clusters, Grants grants,
			PlacedLineRepository placedLines, ManagementKeys managementKeys, Tolerations tolerations) {
		this.identities = identities;
		this.heldKeys = heldKeys;
		this.teams = teams;
		this.clusters = clusters;
		this.grants = grants;
		this.placedLines = placedLines;
		this.managementKeys = managementKeys;
		this.tolerations = tolerations;
	}

	/**
	 * @param keys that let in
	 * @param since the first time that one did
	 */
	LoginOrigins read(Collection<NodeId> nodes, Set<Fingerprint> keys, Instant since) {
		Map<Fingerprint, String> owners = this.heldKeys.ownersOf(keys);
		Map<NodeId, List<PlacedLine>> placed = this.placedLines.of(nodes);
		Set<String> names = new HashSet<>(owners.values());
		placed.values()
			.forEach((lines) -> lines.stream()
				.filter((line) -> keys.contains(line.fingerprint()))
				.forEach((line) -> names.add(line.identity())));
		Map<NodeId, Set<ClusterId>> clustersOf = this.clusters.clustersOf(nodes);
		List<GrantSpan> spans = this.grants.standingSince(nodes,
				clustersOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet()),
				since.minus(LoginOrigins.UNSURE));
		Set<TeamId> teamIds = spans.stream()
			.filter((span) -> span.reach().subjectKind() == Subject.Kind.TEAM)
			.map((span) -> new TeamId(span.reach().subjectId()))
			.collect(Collectors.toSet());
		return new LoginOrigins(owners, this.identities.idsByName(names), placed, spans, clustersOf,
				this.teams.membersOf(teamIds),
				this.managementKeys.all().stream().map((key) -> key.fingerprint()).collect(Collectors.toSet()),
				Set.copyOf(this.tolerations.current(keys).keySet()));
	}

}
