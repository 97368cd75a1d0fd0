package io.latchkey.nodestate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One past reconciliation of a node.
 *
 * @param added the lines that were added, as {@code account: line}
 * @param removed the lines that were removed
 * @param handshakeLog how the login went, line by line, when the run failed; else null
 */
public record Run(long id, NodeId node, Instant startedAt, Duration duration, Trigger trigger, Outcome outcome,
		List<String> added, List<String> removed, @Nullable String detail, RunTimes times,
		@Nullable String handshakeLog) {

	/** Why it ran. */
	public enum Trigger {

		CHANGE, WINDOW, DRIFT_CHECK, RETRY, MANUAL

	}

	/** What it came to. */
	public enum Outcome {

		UNCHANGED, CHANGED, DRIFT_FOUND, UNREACHABLE, REFUSED, FAILED

	}

}
