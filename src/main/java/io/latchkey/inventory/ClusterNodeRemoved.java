package io.latchkey.inventory;

/** A node went out of a cluster. */
public record ClusterNodeRemoved(ClusterId cluster, String clusterName, NodeId node,
		String nodeName) implements ClusterNodeEvent {

	@Override
	public String action() {
		return "cluster.node-removed";
	}

}
