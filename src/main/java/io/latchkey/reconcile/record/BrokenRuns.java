package io.latchkey.reconcile.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeRemarks;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.nodestate.RunTimes;
import io.latchkey.runs.FailureReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a run on record that broke off by a fault of Latchkey's own. It counts as any that
 * failed: the node says why, what should be gone is overdue, and the next try comes later
 * each time.
 */
@Component
public class BrokenRuns {

	private static final Logger log = LoggerFactory.getLogger(BrokenRuns.class);

	private final NodeStateRepository states;

	private final PlacedLineRepository placedLines;

	private final RunRepository runs;

	private final NodeTasks tasks;

	private final UnwantedLineReader unwantedLines;

	private final Findings findings;

	private final TransactionTemplate transaction;

	private final Clock clock;

	BrokenRuns(NodeStateRepository states, PlacedLineRepository placedLines, RunRepository runs, NodeTasks tasks,
			UnwantedLineReader unwantedLines, Findings findings, TransactionTemplate transaction, Clock clock) {
		this.states = states;
		this.placedLines = placedLines;
		this.runs = runs;
		this.tasks = tasks;
		this.unwantedLines = unwantedLines;
		this.findings = findings;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * A run as it began.
	 *
	 * @param due since when it had been due
	 */
	public record Begun(NodeId node, Instant due, Instant at) {

		Duration queued() {
			return this.due.isBefore(this.at) ? Duration.between(this.due, this.at) : Duration.ZERO;
		}

	}

	/**
	 * Stores it, unless the node is gone by now, or another instance took its task up, as
	 * this one was not heard of for long: what that finds is newer.
	 * @param known the node's state as the run found it, which tells what changes it was
	 * to serve; null when it did not get as far
	 */
	public RunResult store(NodeTasks.Picked task, Begun begun, @Nullable NodeStateRow known, Throwable failure) {
		log.error("The run of the node with the id {} broke off", begun.node().value(), failure);
		NodeStateRow served = (known != null) ? known : this.states.find(begun.node()).orElse(null);
		if (served == null) {
			return new RunResult(RunResult.Ending.DONE, null);
		}
		Instant now = this.clock.instant();
		UnwantedLineReader.Unwanted unwanted = this.unwantedLines.of(served, now);
		this.transaction.executeWithoutResult((status) -> {
			NodeStateRow before = this.states.lock(begun.node()).orElse(null);
			if (before != null && isOwn(task)) {
				this.placedLines.noteUnwanted(unwanted.lines(), now);
				store(begun, before, served, failure, now);
			}
		});
		return new RunResult(RunResult.Ending.FAILED, unwanted.nextBoundary());
	}

	private boolean isOwn(NodeTasks.Picked task) {
		boolean own = !this.tasks.lockPicked(List.of(task)).isEmpty();
		if (!own) {
			log.warn("That came too late: the task of the node with the id {} was taken up anew", task.node().value());
		}
		return own;
	}

	private void store(Begun begun, NodeStateRow before, NodeStateRow served, Throwable failure, Instant now) {
		String detail = this.findings.text("run.broke-off", FailureReason.of(failure));
		NodeRemarks remarks = new NodeRemarks(detail, before.remarks().findings(), before.remarks().shownHostKey(),
				before.remarks().unseen());
		this.states.update(new NodeStateRow(before.node(), NodeState.FAILED,
				(before.state() == NodeState.FAILED) ? before.since() : now,
				before.demand().attempted(served.demand().wanted(), before.demand().failures() + 1), before.checks(),
				before.sshd(), remarks, Objects.requireNonNullElse(before.missedSince(), now)));
		this.runs.add(new Run(0, begun.node(),
				new Run.Timing(begun.at(), Duration.between(begun.at(), now),
						new RunTimes(begun.queued(), false, null, null, null, null, null, null)),
				served.demand().trigger(), Run.Outcome.FAILED, LineChanges.NONE, detail, null));
	}

}
