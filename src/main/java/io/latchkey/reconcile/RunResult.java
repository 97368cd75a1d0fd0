package io.latchkey.reconcile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run leaves to decide when the next one is due.
 *
 * @param nextBoundary when the desired state changes by itself, or null
 */
record RunResult(Ending ending, @Nullable Instant nextBoundary) {

	/** How the run ended. */
	enum Ending {

		/** It did what there was to do. */
		DONE,
		/** It has to be tried again soon, and that is noted. */
		FAILED,
		/** It broke off by an error of Latchkey's own; nothing is noted. */
		BROKEN_OFF

	}

}
