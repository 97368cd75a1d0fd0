package io.latchkey.nodestate;

import java.time.Duration;
import java.time.Instant;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One past reconciliation of a node.
 *
 * @param changes the lines, each as {@code account: line}
 * @param handshakeLog how the login went, line by line, when the run failed; else null
 */
public record Run(long id, NodeId node, Timing timing, Trigger trigger, Outcome outcome, LineChanges changes,
		@Nullable String detail, @Nullable String handshakeLog) {

	/** Why it ran. */
	public enum Trigger {

		CHANGE, WINDOW, DRIFT_CHECK, RETRY, MANUAL

	}

	/** What it came to. */
	public enum Outcome {

		UNCHANGED, CHANGED, DRIFT_FOUND, UNREACHABLE, REFUSED, FAILED

	}

	/**
	 * When it ran and for how long.
	 *
	 * @param parts what the time went to
	 */
	public record Timing(Instant startedAt, Duration duration, RunTimes parts) {

		public static Timing between(Instant startedAt, Instant endedAt, RunTimes parts) {
			return new Timing(startedAt, Duration.between(startedAt, endedAt), parts);
		}

		public Instant endedAt() {
			return this.startedAt.plus(this.duration);
		}

	}

}
