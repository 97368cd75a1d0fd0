package io.latchkey.inventory;

/** A node came into a cluster. */
public record ClusterNodeAdded(ClusterId cluster, String clusterName, NodeId node,
		String nodeName) implements ClusterNodeEvent {

	@Override
	public String action() {
		return "cluster.node-added";
	}

}
