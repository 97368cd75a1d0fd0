package io.latchkey.runs;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;

import org.springframework.stereotype.Component;

/** All parts that runs have, in the order of their turns. */
@Component
public class RunParts {

	private final List<RunPart<?, ?>> parts;

	private final Findings findings;

	RunParts(List<RunPart<?, ?>> parts, Findings findings) {
		this.parts = parts.stream()
			.sorted(Comparator.<RunPart<?, ?>, RunPart.Stage>comparing(RunPart::stage).thenComparing(RunPart::name))
			.toList();
		this.findings = findings;
	}

	/** Reads what each has to know, in the transaction at hand. */
	public Map<NodeId, PartInputs> read(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, Object>> read = new HashMap<>();
		nodes.forEach((node) -> read.put(node, new HashMap<>()));
		this.parts.forEach((part) -> part.read(nodes)
			.forEach((node, input) -> read.getOrDefault(node, new HashMap<>()).put(part.name(), input)));
		Map<NodeId, PartInputs> inputs = new HashMap<>();
		read.forEach((node, byPart) -> inputs.put(node, new PartInputs(byPart)));
		return inputs;
	}

	/** Whether one has to know of lines that they are gone. */
	public boolean askWhatIsGone(PartInputs inputs) {
		return this.parts.stream().anyMatch((part) -> asksWhatIsGone(part, inputs));
	}

	private static <I> boolean asksWhatIsGone(RunPart<I, ?> part, PartInputs inputs) {
		I input = PartValues.inputOf(part, inputs);
		return input != null && part.asksWhatIsGone(input);
	}

	/** Those of one run. */
	public PartsAtWork begin(PartInputs inputs) {
		return new PartsAtWork(this.parts, inputs, this.findings);
	}

	/** Puts on record what has transactions of its own; mostly nothing. */
	public void recordApart(FinishedRun run) {
		this.parts.forEach((part) -> recordApart(part, run));
	}

	private static <I, O extends PartOutcome> void recordApart(RunPart<I, O> part, FinishedRun run) {
		of(part, run).forEach(part::recordApart);
	}

	/** Puts on record what each came to, in the transaction at hand. */
	public void record(List<FinishedRun> runs, StatementBatch batch) {
		this.parts.forEach((part) -> record(part, runs, batch));
	}

	private static <I, O extends PartOutcome> void record(RunPart<I, O> part, List<FinishedRun> runs,
			StatementBatch batch) {
		List<PartOfRun<I, O>> its = runs.stream().flatMap((run) -> of(part, run)).toList();
		if (!its.isEmpty()) {
			part.record(its, batch);
		}
	}

	private static <I, O extends PartOutcome> Stream<PartOfRun<I, O>> of(RunPart<I, O> part, FinishedRun run) {
		I input = PartValues.inputOf(part, run.inputs());
		return (input == null) ? Stream.empty() : Stream.of(new PartOfRun<>(run, input,
				PartValues.outcomeOf(part, run.outcomes()), run.outcomes().broken().get(part.name())));
	}

}
