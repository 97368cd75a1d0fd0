package io.latchkey.desired;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.ActiveKeys;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.identity.UnreadableKey;
import io.latchkey.internode.MeshPart;
import io.latchkey.internode.Meshes;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gathers the records that decide what should stand on nodes, with a fixed number of
 * queries whatever the number of nodes and grants.
 */
@Service
@Transactional(readOnly = true)
public class DesiredStates {

	private final Grants grants;

	private final Clusters clusters;

	private final HeldKeys heldKeys;

	private final Teams teams;

	private final Meshes meshes;

	DesiredStates(Grants grants, Clusters clusters, HeldKeys heldKeys, Teams teams, Meshes meshes) {
		this.grants = grants;
		this.clusters = clusters;
		this.heldKeys = heldKeys;
		this.teams = teams;
		this.meshes = meshes;
	}

	/** The records of one node. */
	public NodeRecords recordsOf(NodeId node) {
		return recordsOf(Set.of(node)).getOrDefault(node, NodeRecords.NONE);
	}

	/** The records of these nodes. */
	public Map<NodeId, NodeRecords> recordsOf(Collection<NodeId> nodes) {
		return recordsOf(nodes, List.of());
	}

	/** The records of these nodes, as they were with one grant more. */
	public Map<NodeId, NodeRecords> recordsWith(Collection<NodeId> nodes, GrantReach more) {
		return recordsOf(nodes, List.of(more));
	}

	private Map<NodeId, NodeRecords> recordsOf(Collection<NodeId> nodes, List<GrantReach> more) {
		Map<NodeId, Set<ClusterId>> clustersOf = this.clusters.clustersOf(nodes);
		Set<ClusterId> all = clustersOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		List<GrantReach> reaches = new ArrayList<>(this.grants.unendedOn(nodes, all));
		reaches.addAll(more);
		return assemble(nodes, clustersOf, reaches);
	}

	private Map<NodeId, NodeRecords> assemble(Collection<NodeId> nodes, Map<NodeId, Set<ClusterId>> clustersOf,
			List<GrantReach> reaches) {
		Map<TeamId, Set<IdentityId>> members = this.teams.membersOf(reaches.stream()
			.filter((grant) -> grant.subjectKind() == Subject.Kind.TEAM)
			.map((grant) -> new TeamId(grant.subjectId()))
			.collect(Collectors.toSet()));
		Set<IdentityId> holders = new HashSet<>();
		members.values().forEach(holders::addAll);
		reaches.stream()
			.filter((grant) -> grant.subjectKind() == Subject.Kind.IDENTITY)
			.forEach((grant) -> holders.add(new IdentityId(grant.subjectId())));
		ActiveKeys active = this.heldKeys.activeKeys(holders);
		Map<IdentityId, List<HeldKey>> keys = active.keys().stream().collect(Collectors.groupingBy(HeldKey::identity));
		Map<IdentityId, List<UnreadableKey>> unreadable = active.unreadable()
			.stream()
			.collect(Collectors.groupingBy(UnreadableKey::identity));
		Map<NodeId, List<MeshPart>> mesh = this.meshes.partsOf(clustersOf);
		Map<NodeId, NodeRecords> records = new HashMap<>();
		for (NodeId node : nodes) {
			Set<ClusterId> of = clustersOf.getOrDefault(node, Set.of());
			records.put(node, new NodeRecords(reaches.stream().filter((grant) -> reaches(grant, node, of)).toList(),
					members, keys, unreadable, mesh.getOrDefault(node, List.of())));
		}
		return records;
	}

	private static boolean reaches(GrantReach grant, NodeId node, Set<ClusterId> clusters) {
		return (grant.targetKind() == Target.Kind.NODE) ? grant.targetId() == node.value()
				: clusters.contains(new ClusterId(grant.targetId()));
	}

}
