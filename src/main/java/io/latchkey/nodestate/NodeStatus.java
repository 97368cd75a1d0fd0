package io.latchkey.nodestate;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands, as last known.
 *
 * @param detail what is the matter and what to do, for a person; null when all is well
 * @param since since when it is in this state
 * @param sshVersion the software the node's sshd names, such as {@code OpenSSH_9.2p1}
 * @param clockOffsetMillis how far the node's clock is ahead
 * @param findings what else is not as it should be and what it leads to, for a person,
 * also when all is well with the files
 * @param shownHostKey what it showed last instead of a pinned host key: a fingerprint, or
 * the algorithms of its keys; null when all is well
 * @param leavingSince since when it is to be cleaned and deleted, or null
 * @param unseen its accounts that are not looked at
 * @param asOf when its accounts and lines were seen, where later runs could not look at
 * them; null when the last one has
 */
public record NodeStatus(NodeId node, NodeState state, @Nullable String detail, Instant since,
		@Nullable Instant lastCheckedAt, @Nullable Instant lastInSyncAt, @Nullable Instant nextCheckAt,
		@Nullable String sshVersion, @Nullable Long clockOffsetMillis, List<String> findings,
		@Nullable String shownHostKey, @Nullable Instant leavingSince, UnseenAccounts unseen, @Nullable Instant asOf) {

	NodeStatus leaving(@Nullable Instant since) {
		return new NodeStatus(this.node, this.state, this.detail, this.since, this.lastCheckedAt, this.lastInSyncAt,
				this.nextCheckAt, this.sshVersion, this.clockOffsetMillis, this.findings, this.shownHostKey, since,
				this.unseen, this.asOf);
	}

}
