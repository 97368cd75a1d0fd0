package io.latchkey.reconcile.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.runs.Clearing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Reads what Latchkey placed on a node and should be gone. */
@Component
class UnwantedLineReader {

	private static final Logger log = LoggerFactory.getLogger(UnwantedLineReader.class);

	private final PlacedLineRepository placedLines;

	private final Clearing clearing;

	private final DesiredStates desiredStates;

	private final Grants grants;

	UnwantedLineReader(PlacedLineRepository placedLines, Clearing clearing, DesiredStates desiredStates,
			Grants grants) {
		this.placedLines = placedLines;
		this.clearing = clearing;
		this.desiredStates = desiredStates;
		this.grants = grants;
	}

	/**
	 * What was found.
	 *
	 * @param lines the ids of those that are not known to be unwanted yet
	 * @param nextBoundary when a grant begins or ends; null when none does, or that
	 * cannot be told
	 */
	record Unwanted(List<Long> lines, @Nullable Instant nextBoundary) {

		Unwanted {
			lines = List.copyOf(lines);
		}

	}

	/** Of a node whose run broke off, as far as it can be told. */
	Unwanted of(NodeStateRow node, Instant now) {
		DesiredState desired = desired(node, now);
		return new Unwanted(unwanted(this.placedLines.of(node.node()), desired, now),
				(desired != null) ? desired.nextBoundary() : null);
	}

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
