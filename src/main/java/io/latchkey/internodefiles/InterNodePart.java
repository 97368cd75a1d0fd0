package io.latchkey.internodefiles;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;
import io.latchkey.runs.Intentions;
import io.latchkey.runs.PartOfRun;
import io.latchkey.runs.RunPart;
import io.latchkey.runs.Visit;

import org.springframework.stereotype.Component;

/** What a run has to do with the inter-node keys of its node. */
@Component
class InterNodePart implements RunPart<InterNodePart.Placed, InterNodeOutcome> {

	private final InterNodeKeys keys;

	private final InterNodeRecorder recorder;

	private final InterNodeTools tools;

	InterNodePart(InterNodeKeys keys, InterNodeRecorder recorder, Intentions intentions, Findings findings) {
		this.keys = keys;
		this.recorder = recorder;
		this.tools = new InterNodeTools(keys, intentions, findings);
	}

	/**
	 * The files that Latchkey put on a node.
	 *
	 * @param files their names, by account
	 */
	record Placed(Map<String, List<String>> files) {

	}

	@Override
	public String name() {
		return "inter-node-files";
	}

	@Override
	public Stage stage() {
		return Stage.FILES;
	}

	/** Whether any is wanted at a node is in its records. */
	@Override
	public Map<NodeId, Placed> read(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, List<String>>> placed = this.keys.filesOn(nodes);
		Map<NodeId, Placed> inputs = new HashMap<>();
		nodes.forEach((node) -> inputs.put(node, new Placed(placed.getOrDefault(node, Map.of()))));
		return inputs;
	}

	@Override
	public InterNodeOutcome act(Placed input, Visit visit) {
		return new InterNodeFiles(visit, input.files(), this.tools).run();
	}

	@Override
	public void recordApart(PartOfRun<Placed, InterNodeOutcome> run) {
		this.recorder.store(run);
	}

}
