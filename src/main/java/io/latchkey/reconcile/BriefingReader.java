package io.latchkey.reconcile;

import java.util.Optional;

import io.latchkey.desired.DesiredStates;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.transport.ManagementKeys;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what a run has to know, with a fixed number of queries. */
@Component
class BriefingReader {

	private final Nodes nodes;

	private final DesiredStates desiredStates;

	private final ManagementKeys managementKeys;

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final PlacedLineRepository placedLines;

	BriefingReader(Nodes nodes, DesiredStates desiredStates, ManagementKeys managementKeys, NodeStateRepository states,
			AccountStateRepository accounts, PlacedLineRepository placedLines) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.managementKeys = managementKeys;
		this.states = states;
		this.accounts = accounts;
		this.placedLines = placedLines;
	}

	/**
	 * Reads the briefing; nothing when the node is gone. The generation is read first, so
	 * that a change that comes while the rest is read is served by another run.
	 */
	@Transactional(readOnly = true)
	public Optional<Briefing> read(NodeId node) {
		return this.states.find(node)
			.map((row) -> new Briefing(this.nodes.get(node), row, this.desiredStates.recordsOf(node),
					this.managementKeys.publicKey().fingerprint(), this.accounts.remembered(node),
					this.placedLines.of(node), this.accounts.foreignLines(node)));
	}

}
