package io.latchkey.reconcile.read;

import io.latchkey.nodestate.NodeTasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.GroupedWork;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.NodeTasks;

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

	RunInputs(RunInputReader reader, NodeTasks tasks) {
		this.reader = reader;
		this.work = GroupedWork.of(MOST, PATIENCE, this::readTogether, reader::read)
			.lingering(LINGER, tasks::areBeginning);
	}

	/** Nothing when the node is gone. */
	public Optional<RunInput> read(NodeId node) {
		return this.work.join(node);
	}

	private List<Optional<RunInput>> readTogether(List<NodeId> nodes) {
		Map<NodeId, RunInput> inputs = this.reader.read(nodes);
		return nodes.stream().map((node) -> Optional.ofNullable(inputs.get(node))).toList();
	}

}
