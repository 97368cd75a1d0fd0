package io.latchkey.leaving;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * That a node leaves.
 *
 * @param lastLineAt since when the line that lets Latchkey in may be gone; null as long
 * as it stands
 */
record Leaving(Instant askedAt, @Nullable Instant lastLineAt) {

	boolean mayBeGone() {
		return this.lastLineAt != null;
	}

}
