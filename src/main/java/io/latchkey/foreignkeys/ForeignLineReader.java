package io.latchkey.foreignkeys;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.runs.ForeignLineDecisions;
import io.latchkey.runs.ForeignLines;

import org.springframework.stereotype.Component;

/** What runs have to know of foreign lines, and what they take off. */
@Component
class ForeignLineReader implements ForeignLines {

	private final RemovedLineRepository removedLines;

	private final TolerationRepository tolerations;

	private final UnwantedKeyRepository unwantedKeys;

	private final Clock clock;

	ForeignLineReader(RemovedLineRepository removedLines, TolerationRepository tolerations,
			UnwantedKeyRepository unwantedKeys, Clock clock) {
		this.removedLines = removedLines;
		this.tolerations = tolerations;
		this.unwantedKeys = unwantedKeys;
		this.clock = clock;
	}

	@Override
	public Map<NodeId, ForeignLineDecisions> decisionsOn(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, List<Line>>> kept = this.removedLines.kept(nodes);
		Map<NodeId, Map<String, Long>> stored = this.removedLines.counts(nodes);
		Map<Fingerprint, Instant> tolerated = tolerated();
		Map<NodeId, Map<String, Set<Fingerprint>>> unwanted = this.unwantedKeys.on(nodes);
		Map<NodeId, ForeignLineDecisions> decisions = new HashMap<>();
		nodes.forEach((node) -> decisions.put(node, new ForeignLineDecisions(kept.getOrDefault(node, Map.of()),
				stored.getOrDefault(node, Map.of()), tolerated, unwanted.getOrDefault(node, Map.of()))));
		return decisions;
	}

	private Map<Fingerprint, Instant> tolerated() {
		return this.tolerations.at(this.clock.instant())
			.values()
			.stream()
			.collect(Collectors.toMap(Toleration::fingerprint, Toleration::until));
	}

	@Override
	public void store(StatementBatch batch, NodeId node, String account, Collection<Line> lines, Instant now) {
		this.removedLines.store(batch, node, account, lines, now);
	}

}
