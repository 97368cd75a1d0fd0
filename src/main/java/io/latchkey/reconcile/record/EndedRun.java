package io.latchkey.reconcile.record;

import java.util.List;
import java.util.Objects;

import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.FinishedRun;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended, and what is left to be put on record of it.
 *
 * @param task as the scheduler picked it
 * @param found null when there is nothing to be recorded but when the next run is due
 * @param brokenOff how many runs in a row could not even be put on record
 */
public record EndedRun(NodeTasks.Picked task, BrokenRuns.Begun begun, @Nullable Found found, RunResult result,
		int brokenOff) {

	public EndedRun(NodeTasks.Picked task, BrokenRuns.Begun begun, @Nullable Found found, RunResult result) {
		this(task, begun, found, result, 0);
	}

	/** The same run, of which nothing more is to be recorded. */
	public EndedRun as(RunResult other, int runsBrokenOff) {
		return new EndedRun(this.task, this.begun, null, other, runsBrokenOff);
	}

	/**
	 * What a run had read, and what it came to.
	 *
	 * @param outcome null when the node is not enrolled and was left alone
	 */
	public record Found(RunInput input, @Nullable RunOutcome outcome) {

		/**
		 * As features put it on record.
		 * @param unwanted the lines that should be gone and are not known to be
		 */
		public FinishedRun finished(List<PlacedLine> unwanted) {
			RunOutcome came = Objects.requireNonNull(this.outcome);
			RunOutcome.Failure failure = came.failure();
			return new FinishedRun(this.input.node(), came.timing().endedAt(), this.input.records(), came.desired(),
					came.accounts(), unwanted, new FinishedRun.Ending(came.state(),
							(failure != null) ? failure.detail() : null, came.hold().managementKey()),
					new FinishedRun.Parts(this.input.parts(), came.parts()));
		}

	}

}
