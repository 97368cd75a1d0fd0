package io.latchkey.nodestate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a node is looked at.
 *
 * @param last when a run looked at it last
 * @param lastInSync when all was last as it should be
 * @param next when it is looked at again, if nothing happens before
 */
public record NodeChecks(@Nullable Instant last, @Nullable Instant lastInSync, @Nullable Instant next) {

	NodeChecks next(Instant at) {
		return new NodeChecks(this.last, this.lastInSync, at);
	}

}
