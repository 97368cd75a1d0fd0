package io.latchkey.internode;

import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A cluster got another inter-node strategy or account.
 *
 * @param nodes the nodes of the cluster
 */
public record InterNodeChanged(ClusterId cluster, String clusterName, InterNodeStrategy strategy,
		@Nullable String account, Set<NodeId> nodes) implements AuditableEvent, InterNodeEvent {

	@Override
	public String action() {
		return "cluster.inter-node-changed";
	}

	@Override
	public String subject() {
		return "cluster:" + this.clusterName;
	}

	@Override
	public String detail() {
		return this.strategy + ((this.account != null) ? " as " + this.account : "");
	}

}
