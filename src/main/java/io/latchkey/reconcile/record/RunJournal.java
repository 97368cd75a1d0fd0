package io.latchkey.reconcile.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeChecks;
import io.latchkey.nodestate.NodeRemarks;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.nodestate.SshdMemory;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.converse.Survey;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.RunParts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores what runs came to. */
@Component
public class RunJournal {

	private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

	private final AccountRecorder accounts;

	private final PlacedLineRepository placedLines;

	private final PlacedLineRecorder placedLineRecorder;

	private final RunParts parts;

	private final RunRepository runs;

	RunJournal(AccountRecorder accounts, PlacedLineRepository placedLines, PlacedLineRecorder placedLineRecorder,
			RunParts parts, RunRepository runs) {
		this.accounts = accounts;
		this.placedLines = placedLines;
		this.placedLineRecorder = placedLineRecorder;
		this.parts = parts;
		this.runs = runs;
	}

	/**
	 * Stores them, in the transaction at hand.
	 * @param rows of the nodes, which are locked
	 * @param batch takes what is to be written but for the nodes' states
	 * @return what the states are from now on
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Map<NodeId, NodeStateRow> store(List<EndedRun.Found> runs, Map<NodeId, NodeStateRow> rows,
			StatementBatch batch) {
		Map<NodeId, NodeStateRow> after = new HashMap<>();
		List<EndedRun.Found> looked = new ArrayList<>();
		for (EndedRun.Found run : runs) {
			NodeStateRow before = Objects.requireNonNull(rows.get(run.input().node().id()));
			if (run.outcome() == null) {
				after.put(before.node(), untouched(before, run.input()));
			}
			else {
				after.put(before.node(), next(before, run.input(), run.outcome()));
				looked.add(run);
			}
		}
		if (!looked.isEmpty()) {
			storeLooked(looked, rows, batch);
		}
		return after;
	}

	private void storeLooked(List<EndedRun.Found> runs, Map<NodeId, NodeStateRow> rows, StatementBatch batch) {
		List<NodeId> nodes = runs.stream().map((run) -> run.input().node().id()).toList();
		Map<NodeId, List<PlacedLine>> placed = this.placedLines.of(nodes);
		List<FinishedRun> finished = new ArrayList<>();
		for (EndedRun.Found run : runs) {
			RunInput input = run.input();
			RunOutcome outcome = Objects.requireNonNull(run.outcome());
			NodeId node = input.node().id();
			this.accounts.store(input, outcome, batch);
			finished.add(run
				.finished(this.placedLineRecorder.store(input, outcome, placed.getOrDefault(node, List.of()), batch)));
			if (isWorthTelling(input, outcome, Objects.requireNonNull(rows.get(node)))) {
				this.runs.add(batch, run(input, outcome));
			}
		}
		this.parts.record(finished, batch);
	}

	/** Forgets runs from before then, and the oldest of nodes with very many. */
	public void forget(Instant before) {
		log.debug("Forgot {} runs from before {}, and {} of nodes with very many", this.runs.deleteBefore(before),
				before, this.runs.deleteAllButLatest());
	}

	/**
	 * A check that fell due by itself and found all as it was before is told by the time
	 * of the last check alone.
	 */
	private static boolean isWorthTelling(RunInput input, RunOutcome outcome, NodeStateRow before) {
		return input.row().demand().trigger() != Run.Trigger.DRIFT_CHECK
				|| outcome.runOutcome() != Run.Outcome.UNCHANGED || before.state() != outcome.state()
				|| outcome.parts().areWorthTelling();
	}

	private Run run(RunInput input, RunOutcome outcome) {
		return new Run(0, input.node().id(),
				new Run.Timing(outcome.timing().startedAt(), outcome.timing().duration(), outcome.timing().parts()),
				input.row().demand().trigger(), outcome.runOutcome(),
				new LineChanges(outcome.added(), outcome.removed()), runDetail(outcome),
				(outcome.failure() != null) ? outcome.failure().handshakeLog() : null);
	}

	private @Nullable String runDetail(RunOutcome outcome) {
		String told = Stream.of(outcome.explanation(), outcome.parts().told())
			.filter((text) -> text != null && !text.isEmpty())
			.collect(Collectors.joining(" "));
		return told.isEmpty() ? null : told;
	}

	/** A node that is not enrolled yet has nothing to be done. */
	private static NodeStateRow untouched(NodeStateRow row, RunInput input) {
		return new NodeStateRow(row.node(), NodeState.PENDING_ENROLMENT, row.since(),
				new NodeStateRow.Demand(row.demand().wanted(), input.row().demand().wanted(), row.demand().trigger(),
						0),
				new NodeChecks(row.checks().last(), row.checks().lastInSync(), row.checks().next()), row.sshd(),
				new NodeRemarks(null, List.of(), null, row.remarks().unseen()), null);
	}

	private static NodeStateRow next(NodeStateRow before, RunInput input, RunOutcome outcome) {
		NodeState state = outcome.state();
		Instant now = outcome.timing().endedAt();
		return new NodeStateRow(before.node(), state, (state == before.state()) ? before.since() : now,
				new NodeStateRow.Demand(before.demand().wanted(), input.row().demand().wanted(),
						before.demand().trigger(), outcome.isFailed() ? before.demand().failures() + 1 : 0),
				new NodeChecks((outcome.survey() != null) ? now : before.checks().last(),
						(state == NodeState.IN_SYNC) ? now : before.checks().lastInSync(), before.checks().next()),
				sshd(before.sshd(), outcome.survey()),
				new NodeRemarks(outcome.explanation(),
						(outcome.survey() != null) ? outcome.allFindings() : before.remarks().findings(),
						(outcome.failure() != null) ? outcome.failure().shownHostKey() : null,
						Objects.requireNonNullElse(outcome.others().unseen(), before.remarks().unseen())),
				(outcome.survey() != null) ? null : Objects.requireNonNullElse(before.missedSince(), now));
	}

	private static SshdMemory sshd(SshdMemory before, @Nullable Survey survey) {
		if (survey == null) {
			return before;
		}
		return before.after(survey.facts(), survey.sshdConfig(), survey.strictModes());
	}

}
