package io.latchkey.pages.overview;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;

import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/**
 * Reads how all the nodes stand; a fixed number of queries for any number of them.
 */
@Component
class GlanceReader {

	private final Nodes nodes;

	private final Clusters clusters;

	private final NodeStates states;

	GlanceReader(Nodes nodes, Clusters clusters, NodeStates states) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.states = states;
	}

	Glance read() {
		Map<NodeId, Cell> cells = cells();
		Map<NodeState, Long> counts = this.states.counts();
		return new Glance(counts, cells.size(), counts.getOrDefault(NodeState.IN_SYNC, 0L), groups(cells));
	}

	private Map<NodeId, Cell> cells() {
		Map<NodeId, NodeState> stateOf = new java.util.HashMap<>();
		for (NodeState state : NodeState.values()) {
			this.states.inState(state).forEach((node) -> stateOf.put(node, state));
		}
		return this.nodes.namesOf(this.nodes.allIds())
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (name) -> new Cell(name.getValue(),
					stateOf.getOrDefault(name.getKey(), NodeState.PENDING_ENROLMENT))));
	}

	private List<CellGroup> groups(Map<NodeId, Cell> cells) {
		Map<ClusterId, String> names = new java.util.HashMap<>();
		this.clusters.list(null, Pageable.unpaged()).forEach((cluster) -> names.put(cluster.id(), cluster.name()));
		Map<String, List<Cell>> byCluster = new TreeMap<>();
		Set<NodeId> alone = new HashSet<>(cells.keySet());
		this.clusters.nodesOf(names.keySet()).forEach((cluster, nodes) -> {
			byCluster.put(names.getOrDefault(cluster, ""), sorted(nodes, cells));
			alone.removeAll(nodes);
		});
		List<CellGroup> groups = new ArrayList<>();
		byCluster.forEach((cluster, members) -> groups.add(CellGroup.of(cluster, members)));
		if (!alone.isEmpty()) {
			groups.add(CellGroup.of("", sorted(alone, cells)));
		}
		return groups;
	}

	private static List<Cell> sorted(Set<NodeId> nodes, Map<NodeId, Cell> cells) {
		return nodes.stream()
			.filter(cells::containsKey)
			.map(cells::get)
			.sorted(java.util.Comparator.comparing(Cell::node))
			.toList();
	}

}
