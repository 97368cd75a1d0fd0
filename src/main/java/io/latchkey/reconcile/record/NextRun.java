package io.latchkey.reconcile.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.latchkey.nodestate.Due;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.reconcile.ReconcileProperties;

import org.springframework.stereotype.Component;

/**
 * Decides when a node's next run is due. The node's state is locked meanwhile, so that a
 * change comes either before, and is seen here, or after, and finds the task waiting.
 */
@Component
class NextRun {

	private static final int MOST_DOUBLINGS = 16;

	private final ReconcileProperties properties;

	private final Clock clock;

	NextRun(ReconcileProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * @param row as the run leaves it
	 * @param brokenOff how many runs in a row could not even be put on record
	 * @param overdue whether something should be gone from the node and is not known to
	 * be
	 */
	Due after(NodeStateRow row, RunResult result, int brokenOff, boolean overdue) {
		Instant now = this.clock.instant();
		if (!row.isSettled() && result.ending() != RunResult.Ending.BROKEN_OFF) {
			return new Due(now.plus(result.rest()), null);
		}
		boolean done = result.ending() == RunResult.Ending.DONE;
		Instant next = now.plus(done ? driftInterval() : backOff(Math.max(row.demand().failures(), brokenOff)));
		Due.Plan plan = done ? new Due.Plan(Run.Trigger.DRIFT_CHECK, Urgency.CHECK)
				: new Due.Plan(Run.Trigger.RETRY, overdue ? Urgency.REMOVAL_AGAIN : Urgency.ADDITION_AGAIN);
		if (result.nextBoundary() != null && result.nextBoundary().isBefore(next)) {
			next = result.nextBoundary().isBefore(now) ? now : result.nextBoundary();
			plan = new Due.Plan(Run.Trigger.WINDOW, Urgency.REMOVAL);
		}
		Instant rested = now.plus(result.rest());
		return new Due(next.isBefore(rested) ? rested : next, plan);
	}

	/**
	 * Doubles with each failure, and is cut by up to half, so that many nodes do not come
	 * back at once.
	 */
	private Duration backOff(int failures) {
		long longest = this.properties.longestBackOff().toMillis();
		long wait = Math.min(longest,
				this.properties.backOff().toMillis() << Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS));
		return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 2 + 1));
	}

	private Duration driftInterval() {
		long interval = this.properties.driftInterval().toMillis();
		return Duration.ofMillis(interval - ThreadLocalRandom.current().nextLong(interval / 10 + 1));
	}

}
