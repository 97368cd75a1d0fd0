package io.latchkey.nodestate;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a node's state.
 *
 * @param wanted counts the changes
 * @param attempted which change the last run has served
 * @param trigger why the next run will run
 * @param failures how many runs in a row failed
 * @param findings what else was found, for a person
 * @param shownHostKey what the node showed last instead of a pinned host key, or null
 * @param unseen the accounts that are not looked at
 * @param missedSince since when no run has seen the accounts; null when the last one has
 */
public record NodeStateRow(NodeId node, NodeState state, @Nullable String detail, Instant since, long wanted,
		long attempted, Run.Trigger trigger, int failures, @Nullable Instant lastCheckedAt,
		@Nullable Instant lastInSyncAt, @Nullable Instant nextCheckAt, SshdMemory sshd, List<String> findings,
		@Nullable String shownHostKey, UnseenAccounts unseen, @Nullable Instant missedSince) {

	public boolean isSettled() {
		return this.attempted >= this.wanted;
	}

	/** The state as people see it: a node that a change waits for is converging. */
	public NodeStatus toStatus() {
		NodeState shown = (!isSettled() && this.state != NodeState.PENDING_ENROLMENT) ? NodeState.CONVERGING
				: this.state;
		return new NodeStatus(this.node, shown, this.detail, this.since, this.lastCheckedAt, this.lastInSyncAt,
				this.nextCheckAt, this.sshd.version(), this.sshd.clockOffsetMillis(), this.findings, this.shownHostKey,
				null, this.unseen, (this.missedSince != null) ? this.lastCheckedAt : null);
	}

	/** The same, with another run to come then, and for that reason. */
	public NodeStateRow next(Instant at, Run.Trigger why) {
		return new NodeStateRow(this.node, this.state, this.detail, this.since, this.wanted, this.attempted, why,
				this.failures, this.lastCheckedAt, this.lastInSyncAt, at, this.sshd, this.findings, this.shownHostKey,
				this.unseen, this.missedSince);
	}

}
