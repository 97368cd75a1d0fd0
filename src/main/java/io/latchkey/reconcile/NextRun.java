package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import io.latchkey.inventory.NodeId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides when a node's next run is due. The node's state is locked meanwhile, so that a
 * change comes either before, and is seen here, or after, and finds the task waiting.
 */
@Component
class NextRun {

	private static final int MOST_DOUBLINGS = 16;

	private final NodeStateRepository states;

	private final NodeTasks tasks;

	private final JdbcClient jdbc;

	private final SettledSignal settled;

	private final ReconcileProperties properties;

	private final Clock clock;

	NextRun(NodeStateRepository states, NodeTasks tasks, JdbcClient jdbc, SettledSignal settled,
			ReconcileProperties properties, Clock clock) {
		this.states = states;
		this.tasks = tasks;
		this.jdbc = jdbc;
		this.settled = settled;
		this.properties = properties;
		this.clock = clock;
	}

	/** What the scheduler is told. */
	interface Decision {

		void rescheduleAt(Instant instant);

		void stop();

	}

	/**
	 * @param brokenOff how many runs in a row could not even be put on record
	 */
	@Transactional
	public void settle(NodeId node, RunResult result, int brokenOff, Decision decision) {
		Optional<NodeStateRow> row = this.states.lock(node);
		if (row.isEmpty()) {
			decision.stop();
		}
		else if (!row.get().isSettled() && result.ending() != RunResult.Ending.BROKEN_OFF) {
			decision.rescheduleAt(this.clock.instant().plus(result.rest()));
		}
		else {
			plan(row.get(), result, brokenOff, decision);
		}
		this.settled.runEnded(node);
	}

	private void plan(NodeStateRow row, RunResult result, int brokenOff, Decision decision) {
		Instant now = this.clock.instant();
		boolean done = result.ending() == RunResult.Ending.DONE;
		Instant next = now.plus(done ? driftInterval() : backOff(Math.max(row.failures(), brokenOff)));
		Run.Trigger trigger = done ? Run.Trigger.DRIFT_CHECK : Run.Trigger.RETRY;
		Urgency urgency = done ? Urgency.CHECK : urgencyOfRetry(row.node());
		if (result.nextBoundary() != null && result.nextBoundary().isBefore(next)) {
			next = result.nextBoundary().isBefore(now) ? now : result.nextBoundary();
			trigger = Run.Trigger.WINDOW;
			urgency = Urgency.REMOVAL;
		}
		if (next.isBefore(now.plus(result.rest()))) {
			next = now.plus(result.rest());
		}
		decision.rescheduleAt(next);
		this.states.noteNextCheck(row.node(), next, trigger);
		this.tasks.noteUrgency(row.node(), urgency);
	}

	private Urgency urgencyOfRetry(NodeId node) {
		boolean overdue = this.jdbc
			.sql("select count(*) from placed_line where node_id = :node and unwanted_since is not null")
			.param("node", node.value())
			.query(Long.class)
			.single() > 0;
		return overdue ? Urgency.REMOVAL_AGAIN : Urgency.ADDITION_AGAIN;
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

	static Decision of(ExecutionComplete complete, ExecutionOperations<Void> operations) {
		return new Decision() {
			@Override
			public void rescheduleAt(Instant instant) {
				operations.reschedule(complete, instant);
			}

			@Override
			public void stop() {
				operations.remove();
			}
		};
	}

}
