package io.latchkey.nodestate;

import java.time.Instant;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands, as last known.
 *
 * @param since since when it is in this state
 * @param sshVersion the software the node's sshd names, such as {@code OpenSSH_9.2p1}
 * @param clockOffsetMillis how far the node's clock is ahead
 * @param leavingSince since when it is to be cleaned and deleted, or null
 * @param asOf when its accounts and lines were seen, where later runs could not look at
 * them; null when the last one has
 */
public record NodeStatus(NodeId node, NodeState state, Instant since, NodeChecks checks, NodeRemarks remarks,
		@Nullable String sshVersion, @Nullable Long clockOffsetMillis, @Nullable Instant leavingSince,
		@Nullable Instant asOf) {

	NodeStatus leaving(@Nullable Instant since) {
		return new NodeStatus(this.node, this.state, this.since, this.checks, this.remarks, this.sshVersion,
				this.clockOffsetMillis, since, this.asOf);
	}

}
