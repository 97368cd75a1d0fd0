package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/** A node came into a cluster. */
public record ClusterNodeAdded(ClusterId cluster, String clusterName, NodeId node,
		String nodeName) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.node-added";
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
