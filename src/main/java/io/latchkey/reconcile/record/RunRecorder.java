package io.latchkey.reconcile.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.GroupedWork;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Due;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.SettledSignal;
import io.latchkey.runs.Waves;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts ended runs on record, those that end at about the same time together: in one
 * transaction, with a number of statements that does not depend on theirs, and with when
 * the next of each is due. Its task is freed there as well, so that a run is either
 * recorded or done again, and never recorded twice (see {@code docs/decisions/0012}).
 */
@Component
public class RunRecorder {

	private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);

	private static final int MOST = 100;

	/** As long as a run waits for its share of the connections. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** About what it costs to record one more. */
	private static final Duration LINGER_FOR_EACH = Duration.ofMillis(20);

	/** Who waits for one node waits no longer than this for others to end. */
	private static final Duration LINGER = Duration.ofMillis(250);

	private final GroupedWork<EndedRun, Boolean> work;

	private final NodeStateRepository states;

	private final PlacedLineRepository placedLines;

	private final RunJournal journal;

	private final NextRun nextRun;

	private final NodeTasks tasks;

	private final SettledSignal settled;

	private final Waves waves;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	RunRecorder(NodeStateRepository states, PlacedLineRepository placedLines, RunJournal journal, NextRun nextRun,
			NodeTasks tasks, SettledSignal settled, Waves waves, NamedParameterJdbcOperations jdbc,
			TransactionTemplate transaction) {
		this.states = states;
		this.placedLines = placedLines;
		this.journal = journal;
		this.nextRun = nextRun;
		this.tasks = tasks;
		this.settled = settled;
		this.waves = waves;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.work = GroupedWork.of(MOST, PATIENCE, this::recordTogether, this::recordUnlessDone)
			.lingering(LINGER_FOR_EACH, LINGER,
					(here) -> waves.open(here.stream().map((run) -> run.task().node()).collect(Collectors.toSet())));
		waves.onLeave(this.work::lookAgain);
	}

	/** Returns once it is on record. */
	public void record(EndedRun run) {
		boolean again = join(run);
		tellOfEnd(run);
		if (again) {
			this.tasks.lookForDue();
		}
	}

	private boolean join(EndedRun run) {
		try {
			return this.work.join(run);
		}
		finally {
			this.waves.end(run.task().node());
		}
	}

	/** Tells those who wait for the node. */
	public void tellOfEnd(EndedRun run) {
		this.settled.runEnded(run.task().node());
	}

	/** Whether it is still to be recorded, or else to be done again. */
	public boolean isOpen(EndedRun run) {
		return this.tasks.isPicked(run.task());
	}

	/**
	 * What failed for several may have failed after it was committed: then it is on
	 * record.
	 */
	private boolean recordUnlessDone(EndedRun run) {
		return isOpen(run) && recordAlone(run);
	}

	/**
	 * Those of nodes that somebody else holds, and of those that are gone, come after the
	 * others, each alone.
	 * @return of each whether another is due at once
	 */
	private List<Boolean> recordTogether(List<EndedRun> runs) {
		Set<NodeId> again = new HashSet<>();
		List<EndedRun> held = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			Map<NodeId, NodeStateRow> free = this.states
				.lockFree(runs.stream().map((run) -> run.task().node()).toList());
			again.addAll(recordAll(runs.stream().filter((run) -> free.containsKey(run.task().node())).toList(), free));
			runs.stream().filter((run) -> !free.containsKey(run.task().node())).forEach(held::add);
		});
		held.stream().filter(this::recordAlone).forEach((run) -> again.add(run.task().node()));
		return runs.stream().map((run) -> again.contains(run.task().node())).toList();
	}

	private boolean recordAlone(EndedRun run) {
		List<NodeId> node = List.of(run.task().node());
		return Boolean.TRUE
			.equals(this.transaction.execute((status) -> !recordAll(List.of(run), this.states.lock(node)).isEmpty()));
	}

	/**
	 * Returns the nodes of which another run is due at once. Where another instance took
	 * a task up, as this one was not heard of for long, what its run found is older than
	 * what the other finds, and would be put in its place.
	 */
	private Set<NodeId> recordAll(List<EndedRun> runs, Map<NodeId, NodeStateRow> rows) {
		Set<NodeTasks.Picked> picked = this.tasks.lockPicked(runs.stream().map(EndedRun::task).toList());
		Set<NodeId> again = recordPicked(runs.stream().filter((run) -> picked.contains(run.task())).toList(),
				new HashMap<>(rows));
		runs.stream()
			.filter((run) -> !picked.contains(run.task()))
			.forEach((run) -> log.warn("The run of the node with the id {} came too late: its task was taken up anew",
					run.task().node().value()));
		return again;
	}

	private Set<NodeId> recordPicked(List<EndedRun> runs, Map<NodeId, NodeStateRow> rows) {
		List<EndedRun.Found> found = runs.stream()
			.filter((run) -> rows.containsKey(run.task().node()))
			.flatMap((run) -> Stream.ofNullable(run.found()))
			.toList();
		StatementBatch batch = new StatementBatch();
		rows.putAll(this.journal.store(found, rows, batch));
		batch.send(this.jdbc);
		Set<NodeId> again = settle(batch, runs, rows);
		batch.send(this.jdbc);
		return again;
	}

	/** Returns those of which another is due at once. */
	private Set<NodeId> settle(StatementBatch batch, List<EndedRun> runs, Map<NodeId, NodeStateRow> rows) {
		Set<NodeId> overdue = overdue(runs);
		Set<NodeId> again = new HashSet<>();
		for (EndedRun run : runs) {
			NodeStateRow row = rows.get(run.task().node());
			if (row == null) {
				this.tasks.remove(batch, run.task());
			}
			else {
				if (!row.isSettled()) {
					again.add(row.node());
				}
				settle(batch, run, row, overdue.contains(row.node()));
			}
		}
		return again;
	}

	private Set<NodeId> overdue(List<EndedRun> runs) {
		return this.placedLines.withOverdue(runs.stream()
			.filter((run) -> run.result().ending() != RunResult.Ending.DONE)
			.map((run) -> run.task().node())
			.collect(Collectors.toSet()));
	}

	private void settle(StatementBatch batch, EndedRun run, NodeStateRow row, boolean overdue) {
		Due next = this.nextRun.after(row, run.result(), run.brokenOff(), overdue);
		Due.Plan plan = next.plan();
		if (plan != null || run.found() != null) {
			this.states.update(batch, (plan != null) ? row.next(next.at(), plan.trigger()) : row);
		}
		if (run.result().ending() == RunResult.Ending.BROKEN_OFF) {
			this.tasks.endBroken(batch, run.task(), next);
		}
		else {
			this.tasks.end(batch, run.task(), next);
		}
	}

}
