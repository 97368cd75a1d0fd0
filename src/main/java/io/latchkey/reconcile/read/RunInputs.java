package io.latchkey.reconcile.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.core.GroupedWork;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.Run;
import io.latchkey.runs.Waves;

import org.springframework.stereotype.Component;

/** Reads what runs have to know, for those that begin at the same time together. */
@Component
public class RunInputs {

	private static final int MOST = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** Those that were picked together are here within that. */
	private static final Duration LINGER = Duration.ofMillis(20);

	private final GroupedWork<NodeId, Optional<RunInput>> work;

	private final RunInputReader reader;

	private final Waves waves;

	RunInputs(RunInputReader reader, NodeTasks tasks, Waves waves) {
		this.reader = reader;
		this.waves = waves;
		this.work = GroupedWork.of(MOST, PATIENCE, this::readTogether, this::readAlone)
			.lingering(LINGER, LINGER, (here) -> tasks.beginning());
	}

	/** Nothing when the node is gone. */
	public Optional<RunInput> read(NodeId node) {
		return this.work.join(node);
	}

	private Optional<RunInput> readAlone(NodeId node) {
		this.waves.begin(List.of(node));
		return this.reader.read(node);
	}

	private List<Optional<RunInput>> readTogether(List<NodeId> nodes) {
		Map<NodeId, RunInput> inputs = this.reader.read(nodes);
		// whoever waits for a change is not to wait for checks as well
		inputs.values()
			.stream()
			.collect(Collectors.groupingBy((input) -> input.row().demand().trigger() == Run.Trigger.CHANGE,
					Collectors.mapping((input) -> input.node().id(), Collectors.toList())))
			.values()
			.forEach(this.waves::begin);
		return nodes.stream().map((node) -> Optional.ofNullable(inputs.get(node))).toList();
	}

}
