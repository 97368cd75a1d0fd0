package io.latchkey.pages.nodes;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/**
 * Puts nodes together with their states: a fixed number of queries for any number of
 * them.
 */
@Component
class NodeRows {

	private final Nodes nodes;

	private final Clusters clusters;

	private final NodeStates states;

	NodeRows(Nodes nodes, Clusters clusters, NodeStates states) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.states = states;
	}

	/** Those in a state are sorted by name alone. */
	Page<NodeRow> list(@Nullable String query, @Nullable String cluster, @Nullable NodeState state, Pageable page) {
		return (state == null) ? rows(this.nodes.list(query, cluster, page)) : inState(state, query, cluster, page);
	}

	List<NodeRow> of(Collection<Node> nodes) {
		Map<NodeId, NodeStatus> statuses = this.states.of(nodes.stream().map(Node::id).toList());
		return nodes.stream()
			.filter((node) -> statuses.containsKey(node.id()))
			.map((node) -> new NodeRow(node, Objects.requireNonNull(statuses.get(node.id()))))
			.toList();
	}

	private Page<NodeRow> rows(Page<Node> nodes) {
		return new PageImpl<>(of(nodes.getContent()), nodes.getPageable(), nodes.getTotalElements());
	}

	private Page<NodeRow> inState(NodeState state, @Nullable String query, @Nullable String cluster, Pageable page) {
		Map<NodeId, String> names = this.nodes.namesOf(this.states.inState(state));
		Set<NodeId> within = (cluster == null) ? names.keySet()
				: this.clusters.nodesOf(Set.of(this.clusters.idOf(cluster)))
					.values()
					.stream()
					.findFirst()
					.orElse(Set.of());
		String part = (query == null) ? "" : query.strip().toLowerCase(Locale.ROOT);
		List<NodeId> found = names.entrySet()
			.stream()
			.filter((name) -> within.contains(name.getKey()) && name.getValue().contains(part))
			.sorted(Map.Entry.comparingByValue())
			.map(Map.Entry::getKey)
			.toList();
		List<NodeId> shown = page.isUnpaged() ? found
				: found.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
		return new PageImpl<>(of(this.nodes.all(shown)), page, found.size());
	}

}
