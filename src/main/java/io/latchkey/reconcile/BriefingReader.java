package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.NodeRecords;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what a run has to know, with a fixed number of queries. */
@Component
class BriefingReader {

	private final Nodes nodes;

	private final DesiredStates desiredStates;

	private final ManagementLinesReader managementLines;

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final PlacedLineRepository placedLines;

	private final RemovedLineRepository removedLines;

	private final SessionEndingRepository sessionEndings;

	private final LeavingRepository leavings;

	private final InterNodeKeys interNodeKeys;

	private final TolerationRepository tolerations;

	private final UnwantedKeyRepository unwantedKeys;

	private final LoginAccountRepository loginAccounts;

	private final Clock clock;

	BriefingReader(Nodes nodes, DesiredStates desiredStates, ManagementLinesReader managementLines,
			NodeStateRepository states, AccountStateRepository accounts, AccountFilesRepository files,
			PlacedLineRepository placedLines, RemovedLineRepository removedLines,
			SessionEndingRepository sessionEndings, LeavingRepository leavings, InterNodeKeys interNodeKeys,
			TolerationRepository tolerations, UnwantedKeyRepository unwantedKeys, LoginAccountRepository loginAccounts,
			Clock clock) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.managementLines = managementLines;
		this.states = states;
		this.accounts = accounts;
		this.files = files;
		this.placedLines = placedLines;
		this.removedLines = removedLines;
		this.sessionEndings = sessionEndings;
		this.leavings = leavings;
		this.interNodeKeys = interNodeKeys;
		this.tolerations = tolerations;
		this.unwantedKeys = unwantedKeys;
		this.loginAccounts = loginAccounts;
		this.clock = clock;
	}

	/**
	 * Reads the briefing; nothing when the node is gone. The generation is read first, so
	 * that a change that comes while the rest is read is served by another run.
	 */
	@Transactional(readOnly = true)
	public Optional<Briefing> read(NodeId node) {
		return this.states.find(node).map((row) -> {
			Optional<Leaving> leaving = this.leavings.find(node);
			return leaving.isPresent() ? ofLeaving(row, leaving.get()) : of(row);
		});
	}

	private Briefing of(NodeStateRow row) {
		NodeId node = row.node();
		Node found = this.nodes.get(node);
		return new Briefing(found, row, this.desiredStates.recordsOf(node), this.managementLines.of(found),
				this.accounts.remembered(node), this.files.of(node), this.placedLines.of(node),
				this.accounts.foreignLines(node), this.removedLines.kept(node), this.removedLines.counts(node),
				this.sessionEndings.openOn(node), null, this.interNodeKeys.filesOn(node),
				new Decided(tolerated(), this.unwantedKeys.on(node)), this.loginAccounts.on(node));
	}

	/**
	 * Nothing of Latchkey's should stand there, and everything else stays, in whatever
	 * mode it was.
	 */
	private Briefing ofLeaving(NodeStateRow row, Leaving leaving) {
		Briefing briefing = of(row);
		return new Briefing(briefing.node().in(Mode.ADDITIVE), row, NodeRecords.NONE,
				this.managementLines.ofLeaving(briefing.node()), briefing.remembered(), briefing.files(),
				briefing.placed(), briefing.foreign(), Map.of(), briefing.removed(), briefing.sessionEndings(), leaving,
				briefing.interNodeFiles(), Decided.NOTHING, Set.of());
	}

	private Map<Fingerprint, Instant> tolerated() {
		return this.tolerations.at(this.clock.instant())
			.values()
			.stream()
			.collect(Collectors.toMap(Toleration::fingerprint, Toleration::until));
	}

}
