package io.latchkey.internode;

import java.util.Locale;
import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;

/**
 * A rotation of a cluster's pairs began or came a step further.
 *
 * @param nodes the nodes of the cluster
 */
public record InterNodeStepped(ClusterId cluster, String clusterName, Step step,
		Set<NodeId> nodes) implements AuditableEvent, InterNodeEvent {

	/** What was done. */
	public enum Step {

		/** New pairs were made, and spread. */
		BEGUN,
		/** The new ones are used. */
		SWITCHED,
		/** The old ones are taken off. */
		ENDED

	}

	@Override
	public String action() {
		return "cluster.inter-node-rotation-" + this.step.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String subject() {
		return "cluster:" + this.clusterName;
	}

	@Override
	public String detail() {
		return "nodes " + this.nodes.size();
	}

	@Override
	public boolean removes() {
		return this.step == Step.ENDED;
	}

}
