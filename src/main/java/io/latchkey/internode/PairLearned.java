package io.latchkey.internode;

import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

/**
 * The public half of a pair that was made on a node became known.
 *
 * @param nodes the nodes of the cluster
 */
public record PairLearned(String clusterName, String nodeName, Fingerprint fingerprint,
		Set<NodeId> nodes) implements AuditableEvent, InterNodeEvent {

	@Override
	public String action() {
		return "cluster.inter-node-key-learned";
	}

	@Override
	public String subject() {
		return "cluster:" + this.clusterName;
	}

	@Override
	public String detail() {
		return "node:" + this.nodeName + " " + this.fingerprint;
	}

	@Override
	public boolean removes() {
		return false;
	}

}
