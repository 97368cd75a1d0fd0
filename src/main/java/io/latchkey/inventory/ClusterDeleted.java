package io.latchkey.inventory;

import java.util.Set;

import io.latchkey.core.AuditableEvent;

/**
 * A cluster was deleted.
 *
 * @param nodes the nodes that were in it
 */
public record ClusterDeleted(ClusterId id, String name, Set<NodeId> nodes) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.deleted";
	}

	@Override
	public String subject() {
		return "cluster:" + this.name;
	}

	@Override
	public String detail() {
		return "nodes " + this.nodes.size();
	}

}
