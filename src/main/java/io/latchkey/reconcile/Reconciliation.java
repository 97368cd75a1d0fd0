package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Runs one node: reads, talks to the node, stores; no transaction is open in between. */
@Component
class Reconciliation {

	private final BriefingReader briefings;

	private final Nodes nodes;

	private final NodeConnector connector;

	private final Visit.Tools tools;

	private final RunJournal journal;

	private final Leavings leavings;

	private final InterNodeBook interNode;

	private final BrokenRuns brokenRuns;

	private final Clock clock;

	Reconciliation(BriefingReader briefings, Nodes nodes, NodeConnector connector, KnownContents contents,
			Intentions intentions, CommitConfirm commitConfirm, ReconcileProperties properties, Findings findings,
			InterNodeKeys interNodeKeys, InterNodeBook interNode, RunJournal journal, Leavings leavings,
			BrokenRuns brokenRuns, Clock clock) {
		this.briefings = briefings;
		this.nodes = nodes;
		this.connector = connector;
		this.tools = new Visit.Tools(contents, intentions, commitConfirm, properties, findings, interNodeKeys);
		this.interNode = interNode;
		this.journal = journal;
		this.leavings = leavings;
		this.brokenRuns = brokenRuns;
		this.clock = clock;
	}

	/**
	 * What throws is put on record as a run that failed, with its reason.
	 */
	RunResult run(NodeId node, Workers.Turn turn) {
		BrokenRuns.Begun begun = new BrokenRuns.Begun(node, turn.due(), this.clock.instant());
		Briefing briefing = null;
		try {
			briefing = this.briefings.read(node).orElse(null);
			return (briefing != null) ? run(briefing, turn) : new RunResult(RunResult.Ending.DONE, null);
		}
		catch (RuntimeException | Error ex) {
			return this.brokenRuns.store(begun, (briefing != null) ? briefing.row() : null, ex);
		}
	}

	private RunResult run(Briefing briefing, Workers.Turn turn) {
		if (!briefing.node().enrolled()) {
			this.journal.storeUntouched(briefing);
			return new RunResult(RunResult.Ending.DONE, null);
		}
		NodeOutcome outcome = new NodeRun(briefing, turn, this.connector, this.tools, this.clock).run();
		turn.stopWaiting();
		if (outcome.left()) {
			this.leavings.finish(briefing.node());
			return new RunResult(RunResult.Ending.DONE, null);
		}
		if (outcome.survey() != null && !outcome.survey().hostKeys().equals(briefing.node().hostKeys())) {
			this.nodes.renewHostKeys(briefing.node(), outcome.survey().hostKeys());
		}
		this.interNode.store(briefing, outcome);
		this.journal.store(briefing, outcome);
		return new RunResult(outcome.isFailed() ? RunResult.Ending.FAILED : RunResult.Ending.DONE,
				earlier(outcome.desired().nextBoundary(), briefing.nextEndOfToleration()), outcome.rest());
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isBefore(other) ? one : other;
	}

}
