package io.latchkey.inventory;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.IdAndName;
import io.latchkey.core.InvalidInputException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.toSet;

/**
 * Which nodes come into a cluster and go out of it. The cluster is locked first, then the
 * nodes by id, whoever changes them, so that nobody waits in a circle. Works in the
 * transaction of {@link Clusters}.
 */
@Component
class ClusterNodes {

	private final NodeRepository nodes;

	private final ApplicationEventPublisher events;

	ClusterNodes(NodeRepository nodes, ApplicationEventPublisher events) {
		this.nodes = nodes;
		this.events = events;
	}

	/**
	 * The ids of the named.
	 * @throws InvalidInputException with a fault for each that there is not
	 */
	Set<NodeId> resolve(Collection<String> names) {
		List<IdAndName> found = this.nodes.idsOf(names);
		Set<String> missing = new TreeSet<>(names);
		found.forEach((named) -> missing.remove(named.getName()));
		if (!missing.isEmpty()) {
			throw new InvalidInputException(
					missing.stream().map((name) -> Fault.of("nodes", "node.unknown", name)).toList());
		}
		return found.stream().map((named) -> new NodeId(named.getId())).collect(toSet());
	}

	/** Makes these the nodes. */
	void replace(ClusterEntity cluster, Set<NodeId> nodes) {
		Set<NodeId> added = without(nodes, cluster.nodes());
		Set<NodeId> removed = without(cluster.nodes(), nodes);
		if (added.isEmpty() && removed.isEmpty()) {
			return;
		}
		List<NodeEntity> changed = lock(added, removed);
		cluster.touch();
		changed.forEach(NodeEntity::touch);
		added.forEach(cluster::add);
		removed.forEach(cluster::remove);
		this.nodes.flush();
		changed.forEach((node) -> this.events.publishEvent(change(cluster, node)));
	}

	void add(ClusterEntity cluster, NodeId node) {
		Set<NodeId> nodes = new HashSet<>(cluster.nodes());
		nodes.add(node);
		replace(cluster, nodes);
	}

	void remove(ClusterEntity cluster, NodeId node) {
		replace(cluster, without(cluster.nodes(), Set.of(node)));
	}

	private List<NodeEntity> lock(Set<NodeId> added, Set<NodeId> removed) {
		return this.nodes.lockAll(Stream.concat(added.stream(), removed.stream()).map(NodeId::value).toList());
	}

	private static AuditableEvent change(ClusterEntity cluster, NodeEntity node) {
		return cluster.nodes().contains(node.id())
				? new ClusterNodeAdded(cluster.id(), cluster.name(), node.id(), node.name())
				: new ClusterNodeRemoved(cluster.id(), cluster.name(), node.id(), node.name());
	}

	private static Set<NodeId> without(Set<NodeId> some, Set<NodeId> others) {
		return some.stream().filter((id) -> !others.contains(id)).collect(toSet());
	}

}
