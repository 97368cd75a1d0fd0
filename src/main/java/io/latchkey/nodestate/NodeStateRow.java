package io.latchkey.nodestate;

import java.time.Instant;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a node's state.
 *
 * @param missedSince since when no run has seen the accounts; null when the last one has
 */
public record NodeStateRow(NodeId node, NodeState state, Instant since, Demand demand, NodeChecks checks,
		SshdMemory sshd, NodeRemarks remarks, @Nullable Instant missedSince) {

	/**
	 * What the next run is for.
	 *
	 * @param wanted counts the changes
	 * @param attempted which change the last run has served
	 * @param trigger why the next run will run
	 * @param failures how many runs in a row failed
	 */
	public record Demand(long wanted, long attempted, Run.Trigger trigger, int failures) {

		/** The same after a run that served the changes up to this one. */
		public Demand attempted(long attempted, int failures) {
			return new Demand(this.wanted, attempted, this.trigger, failures);
		}

	}

	public boolean isSettled() {
		return this.demand.attempted() >= this.demand.wanted();
	}

	/** The state as people see it: a node that a change waits for is converging. */
	public NodeStatus toStatus() {
		NodeState shown = (!isSettled() && this.state != NodeState.PENDING_ENROLMENT) ? NodeState.CONVERGING
				: this.state;
		return new NodeStatus(this.node, shown, this.since, this.checks, this.remarks, this.sshd.version(),
				this.sshd.clockOffsetMillis(), null, (this.missedSince != null) ? this.checks.last() : null);
	}

	/** The same, with another run to come then, and for that reason. */
	public NodeStateRow next(Instant at, Run.Trigger why) {
		Demand next = new Demand(this.demand.wanted(), this.demand.attempted(), why, this.demand.failures());
		return new NodeStateRow(this.node, this.state, this.since, next, this.checks.next(at), this.sshd, this.remarks,
				this.missedSince);
	}

}
