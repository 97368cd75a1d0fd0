package io.latchkey.reconcile.record;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run leaves to decide when the next one is due.
 *
 * @param nextBoundary when the desired state changes by itself, or null
 * @param rest for how long the node is to be left alone at the least, whatever is due
 */
public record RunResult(Ending ending, @Nullable Instant nextBoundary, Duration rest) {

	public RunResult(Ending ending, @Nullable Instant nextBoundary) {
		this(ending, nextBoundary, Duration.ZERO);
	}

	/** How the run ended. */
	public enum Ending {

		/** It did what there was to do. */
		DONE,
		/** It has to be tried again soon, and that is noted. */
		FAILED,
		/** It broke off by an error of Latchkey's own; nothing is noted. */
		BROKEN_OFF

	}

}
