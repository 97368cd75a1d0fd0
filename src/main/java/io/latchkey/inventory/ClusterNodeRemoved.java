package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/** A node went out of a cluster. */
public record ClusterNodeRemoved(ClusterId cluster, String clusterName, NodeId node,
		String nodeName) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.node-removed";
	}

	@Override
	public String subject() {
		return "cluster:" + this.clusterName;
	}

	@Override
	public String detail() {
		return "node:" + this.nodeName;
	}

}
