package io.latchkey.reconcile.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeRemarks;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.nodestate.RunTimes;
import io.latchkey.runs.Clearing;
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

	private final Clearing clearing;

	private final RunRepository runs;

	private final DesiredStates desiredStates;

	private final Grants grants;

	private final Findings findings;

	private final TransactionTemplate transaction;

	private final Clock clock;

	BrokenRuns(NodeStateRepository states, PlacedLineRepository placedLines, Clearing clearing, RunRepository runs,
			DesiredStates desiredStates, Grants grants, Findings findings, TransactionTemplate transaction,
			Clock clock) {
		this.states = states;
		this.placedLines = placedLines;
		this.clearing = clearing;
		this.runs = runs;
		this.desiredStates = desiredStates;
		this.grants = grants;
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
	 * Stores it, unless the node is gone by now.
	 * @param known the node's state as the run found it, which tells what changes it was
	 * to serve; null when it did not get as far
	 */
	public RunResult store(Begun begun, @Nullable NodeStateRow known, Throwable failure) {
		log.error("The run of the node with the id {} broke off", begun.node().value(), failure);
		NodeStateRow served = (known != null) ? known : this.states.find(begun.node()).orElse(null);
		if (served == null) {
			return new RunResult(RunResult.Ending.DONE, null);
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		DesiredState desired = desired(served, now);
		List<Long> unwanted = unwanted(this.placedLines.of(begun.node()), desired, now);
		this.transaction.executeWithoutResult((status) -> store(begun, served, failure, unwanted, now));
		return new RunResult(RunResult.Ending.FAILED, (desired != null) ? desired.nextBoundary() : null);
	}

	private void store(Begun begun, NodeStateRow served, Throwable failure, List<Long> unwanted, Instant now) {
		Optional<NodeStateRow> locked = this.states.lock(begun.node());
		if (locked.isEmpty()) {
			return;
		}
		NodeStateRow before = locked.get();
		String detail = this.findings.text("run.broke-off", FailureReason.of(failure));
		this.placedLines.noteUnwanted(unwanted, now);
		NodeRemarks remarks = new NodeRemarks(detail, before.remarks().findings(), before.remarks().shownHostKey(),
				before.remarks().unseen());
		this.states.update(new NodeStateRow(before.node(), NodeState.FAILED,
				(before.state() == NodeState.FAILED) ? before.since() : now,
				before.demand().attempted(served.demand().wanted(), before.demand().failures() + 1), before.checks(),
				before.sshd(), remarks, Objects.requireNonNullElse(before.missedSince(), now)));
		this.runs.add(new Run(0, begun.node(),
				new Run.Timing(begun.at().truncatedTo(ChronoUnit.MICROS), Duration.between(begun.at(), now),
						new RunTimes(begun.queued(), false, null, null, null, null, null, null)),
				served.demand().trigger(), Run.Outcome.FAILED, LineChanges.NONE, detail, null));
	}

	/** What Latchkey placed and should be gone, as far as it can be told. */
	private List<Long> unwanted(List<PlacedLine> placed, @Nullable DesiredState desired, Instant now) {
		Set<PlacedLine> ended = (desired == null) ? ended(placed, now) : Set.of();
		return placed.stream()
			.filter((line) -> line.unwantedSince() == null)
			.filter((line) -> (desired != null) ? !isDesired(line, desired) : ended.contains(line))
			.map(PlacedLine::id)
			.toList();
	}

	/** What should stand there, or null when that is what cannot be told. */
	private @Nullable DesiredState desired(NodeStateRow row, Instant now) {
		try {
			if (!this.clearing.of(List.of(row.node())).isEmpty()) {
				return DesiredState.NOTHING;
			}
			return this.desiredStates.recordsOf(row.node()).at(now, row.sshd().dialect());
		}
		catch (RuntimeException ex) {
			log.error("What should stand on the node with the id {} cannot be told", row.node().value(), ex);
			return null;
		}
	}

	private static boolean isDesired(PlacedLine line, DesiredState desired) {
		return desired.linesOf(line.account()).stream().map(DesiredLine::text).anyMatch(line.line()::equals);
	}

	/** Those of which every grant has ended. */
	private Set<PlacedLine> ended(List<PlacedLine> placed, Instant now) {
		Map<GrantId, Grant> all = this.grants
			.all(placed.stream().flatMap((line) -> line.grants().stream()).distinct().map(GrantId::new).toList());
		return placed.stream()
			.filter((line) -> line.grants()
				.stream()
				.map((id) -> all.get(new GrantId(id)))
				.allMatch((grant) -> grant == null || grant.statusAt(now) == GrantStatus.REVOKED
						|| grant.statusAt(now) == GrantStatus.EXPIRED))
			.collect(Collectors.toSet());
	}

}
