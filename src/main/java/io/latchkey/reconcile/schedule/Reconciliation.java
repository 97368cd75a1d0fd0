package io.latchkey.reconcile.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.core.Contention;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.reconcile.converse.NodeRun;
import io.latchkey.reconcile.converse.RunContext;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.reconcile.read.RunInputs;
import io.latchkey.reconcile.record.BrokenRuns;
import io.latchkey.reconcile.record.EndedRun;
import io.latchkey.reconcile.record.RunRecorder;
import io.latchkey.reconcile.record.RunResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Runs one node: reads, talks to the node, stores; no transaction is open in between. */
@Component
class Reconciliation {

	private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

	private static final RunResult DONE = new RunResult(RunResult.Ending.DONE, null);

	private final RunInputs inputs;

	private final HostKeyPins pins;

	private final NodeConnector connector;

	private final RunContext.Tools tools;

	private final RunRecorder recorder;

	private final BrokenRuns brokenRuns;

	private final Clock clock;

	Reconciliation(RunInputs inputs, HostKeyPins pins, NodeConnector connector, RunContext.Tools tools,
			RunRecorder recorder, BrokenRuns brokenRuns, Clock clock) {
		this.inputs = inputs;
		this.pins = pins;
		this.connector = connector;
		this.tools = tools;
		this.recorder = recorder;
		this.brokenRuns = brokenRuns;
		this.clock = clock;
	}

	/**
	 * What throws is put on record as a run that failed, with its reason.
	 */
	EndedRun run(NodeTasks.Picked task, Workers.Turn turn) {
		BrokenRuns.Begun begun = new BrokenRuns.Begun(task.node(), turn.due(), this.clock.instant());
		RunInput input = null;
		try {
			input = this.inputs.read(task.node()).orElse(null);
			if (input == null) {
				return new EndedRun(task, begun, null, DONE);
			}
			RunOutcome outcome = input.node().enrolled()
					? new NodeRun(input, turn.due(), turn::goOn, this.connector, this.tools, this.clock).run() : null;
			turn.stopWaiting();
			return new EndedRun(task, begun, new EndedRun.Found(input, outcome), result(input, outcome));
		}
		catch (RuntimeException | Error ex) {
			NodeStateRow known = (input != null) ? input.row() : null;
			return new EndedRun(task, begun, null,
					Contention.retry(() -> this.brokenRuns.store(task, begun, known, ex)));
		}
	}

	private static RunResult result(RunInput input, @Nullable RunOutcome outcome) {
		if (outcome == null || outcome.hold().cleared()) {
			return DONE;
		}
		return new RunResult(outcome.isFailed() ? RunResult.Ending.FAILED : RunResult.Ending.DONE,
				earlier(outcome.desired().nextBoundary(), input.nextEndOfToleration()), outcome.rest());
	}

	/**
	 * Returns once the run is on record, and when the next is due. What cannot be stored
	 * makes it one that failed; where not even that can be, its task stays picked, and is
	 * done again.
	 */
	void record(EndedRun run) {
		try {
			this.recorder.record(Contention.retry(() -> storeApart(run)));
		}
		catch (RuntimeException | Error ex) {
			recordAsBroken(run, ex);
		}
	}

	private void recordAsBroken(EndedRun run, Throwable failure) {
		try {
			if (this.recorder.isOpen(run)) {
				this.recorder.record(broken(run, failure));
			}
			else {
				log.warn("The run of the node with the id {} is on record, although that failed",
						run.task().node().value(), failure);
				this.recorder.tellOfEnd(run);
			}
		}
		catch (RuntimeException | Error ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			throw ex;
		}
	}

	/** Where it is stored already that it broke off, only its end is not on record. */
	private EndedRun broken(EndedRun run, Throwable failure) {
		EndedRun.Found found = run.found();
		if (found == null) {
			return run;
		}
		try {
			return run.as(Contention
				.retry(() -> this.brokenRuns.store(run.task(), run.begun(), found.input().row(), failure)), 0);
		}
		catch (RuntimeException | Error ex) {
			log.error("The run of the node with the id {} broke off", run.task().node().value(), ex);
			return run.as(new RunResult(RunResult.Ending.BROKEN_OFF, null), run.task().failures() + 1);
		}
	}

	/**
	 * What has its own transactions, as it is locked before nodes are; mostly nothing.
	 */
	private EndedRun storeApart(EndedRun run) {
		EndedRun.Found found = run.found();
		RunOutcome outcome = (found != null) ? found.outcome() : null;
		if (found == null || outcome == null) {
			return run;
		}
		Node node = found.input().node();
		if (outcome.hold().cleared()) {
			this.tools.clearing().recordCleared(node);
			return run.as(DONE, 0);
		}
		if (outcome.survey() != null && !outcome.survey().hostKeys().equals(node.hostKeys())) {
			this.pins.renew(node, outcome.survey().hostKeys());
		}
		this.tools.parts().recordApart(found.finished(List.of()));
		return run;
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

}
