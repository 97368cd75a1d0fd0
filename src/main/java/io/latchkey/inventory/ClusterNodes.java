package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.GroupMembers;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Which nodes come into a cluster and go out of it.
 */
@Component
class ClusterNodes extends GroupMembers<ClusterEntity, NodeEntity> {

	ClusterNodes(NodeRepository nodes, ApplicationEventPublisher events) {
		super(nodes, events);
	}

	@Override
	protected Fault unknown(String name) {
		return Fault.of("nodes", "node.unknown", name);
	}

	@Override
	protected AuditableEvent added(ClusterEntity cluster, NodeEntity node) {
		return new ClusterNodeAdded(cluster.id(), cluster.name(), node.id(), node.name());
	}

	@Override
	protected AuditableEvent removed(ClusterEntity cluster, NodeEntity node) {
		return new ClusterNodeRemoved(cluster.id(), cluster.name(), node.id(), node.name());
	}

}
