package io.latchkey.reconcile.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementLines;
import io.latchkey.managementkeys.ManagementLinesReader;
import io.latchkey.nodestate.Leaving;
import io.latchkey.nodestate.LeavingRepository;
import io.latchkey.nodestate.NodeMemory;
import io.latchkey.nodestate.NodeMemoryReader;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.runs.ForeignLineDecisions;
import io.latchkey.runs.ForeignLines;
import io.latchkey.runs.PartInputs;
import io.latchkey.runs.RunParts;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what runs have to know, with a number of queries that does not depend on theirs.
 */
@Component
public class RunInputReader {

	private final Nodes nodes;

	private final DesiredStates desiredStates;

	private final ManagementLinesReader managementLines;

	private final NodeStateRepository states;

	private final NodeMemoryReader memories;

	private final LeavingRepository leavings;

	private final ForeignLines foreignLines;

	private final RunParts parts;

	RunInputReader(Nodes nodes, DesiredStates desiredStates, ManagementLinesReader managementLines,
			NodeStateRepository states, NodeMemoryReader memories, LeavingRepository leavings,
			ForeignLines foreignLines, RunParts parts) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.managementLines = managementLines;
		this.states = states;
		this.memories = memories;
		this.leavings = leavings;
		this.foreignLines = foreignLines;
		this.parts = parts;
	}

	/** Reads the input of one; nothing when the node is gone. */
	@Transactional(readOnly = true)
	public Optional<RunInput> read(NodeId node) {
		return Optional.ofNullable(read(List.of(node)).get(node));
	}

	/**
	 * Reads the inputs of those nodes that there are. The generations are read first, so
	 * that a change that comes while the rest is read is served by another run.
	 */
	@Transactional(readOnly = true)
	public Map<NodeId, RunInput> read(Collection<NodeId> ids) {
		List<NodeStateRow> rows = this.states.findAll(ids);
		List<NodeId> present = rows.stream().map(NodeStateRow::node).toList();
		Map<NodeId, Node> found = this.nodes.all(present)
			.stream()
			.collect(Collectors.toMap(Node::id, Function.identity()));
		Map<NodeId, Leaving> leaving = this.leavings.find(present);
		Map<NodeId, NodeRecords> records = this.desiredStates.recordsOf(present);
		Map<NodeId, ManagementLines> management = this.managementLines.of(found.values(), leaving.keySet());
		Map<NodeId, NodeMemory> memories = this.memories.of(present);
		Map<NodeId, ForeignLineDecisions> decisions = this.foreignLines.decisionsOn(present);
		Map<NodeId, PartInputs> parts = this.parts.read(present);
		Map<NodeId, RunInput> inputs = new HashMap<>();
		for (NodeStateRow row : rows) {
			NodeId id = row.node();
			Node node = found.get(id);
			ManagementLines lines = management.get(id);
			if (node != null && lines != null) {
				RunInput input = new RunInput(node, row, records.getOrDefault(id, NodeRecords.NONE), lines,
						Objects.requireNonNull(memories.get(id)), null,
						decisions.getOrDefault(id, ForeignLineDecisions.NONE), parts.getOrDefault(id, PartInputs.NONE));
				Leaving leaves = leaving.get(id);
				inputs.put(id, (leaves != null) ? input.of(leaves) : input);
			}
		}
		return inputs;
	}

}
