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
import io.latchkey.nodestate.NodeMemory;
import io.latchkey.nodestate.NodeMemoryReader;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.runs.Clearing;
import io.latchkey.runs.ForeignLineDecisions;
import io.latchkey.runs.ForeignLines;
import io.latchkey.runs.OwnLines;
import io.latchkey.runs.OwnLinesReader;
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

	private final OwnLinesReader ownLines;

	private final NodeStateRepository states;

	private final NodeMemoryReader memories;

	private final Clearing clearing;

	private final ForeignLines foreignLines;

	private final RunParts parts;

	RunInputReader(Nodes nodes, DesiredStates desiredStates, OwnLinesReader ownLines, NodeStateRepository states,
			NodeMemoryReader memories, Clearing clearing, ForeignLines foreignLines, RunParts parts) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.ownLines = ownLines;
		this.states = states;
		this.memories = memories;
		this.clearing = clearing;
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
		Map<NodeId, Clearing.Standing> clearing = this.clearing.of(present);
		Map<NodeId, NodeRecords> records = this.desiredStates.recordsOf(present);
		Map<NodeId, OwnLines> ownLines = this.ownLines.of(found.values(), clearing.keySet());
		Map<NodeId, NodeMemory> memories = this.memories.of(present);
		Map<NodeId, ForeignLineDecisions> decisions = this.foreignLines.decisionsOn(present);
		Map<NodeId, PartInputs> parts = this.parts.read(present);
		Map<NodeId, RunInput> inputs = new HashMap<>();
		for (NodeStateRow row : rows) {
			NodeId id = row.node();
			Node node = found.get(id);
			OwnLines own = ownLines.get(id);
			if (node != null && own != null) {
				RunInput input = new RunInput(node, row, records.getOrDefault(id, NodeRecords.NONE), own,
						Objects.requireNonNull(memories.get(id)), null,
						decisions.getOrDefault(id, ForeignLineDecisions.NONE), parts.getOrDefault(id, PartInputs.NONE));
				Clearing.Standing standing = clearing.get(id);
				inputs.put(id, (standing != null) ? input.toBeCleared(standing) : input);
			}
		}
		return inputs;
	}

}
