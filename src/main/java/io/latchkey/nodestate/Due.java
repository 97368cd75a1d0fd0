package io.latchkey.nodestate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When the next run of a node is due.
 *
 * @param plan null when a change waits, which has said why and how urgently
 */
public record Due(Instant at, @Nullable Plan plan) {

	/** Why the next run will run, and how urgent it is. */
	public record Plan(Run.Trigger trigger, Urgency urgency) {

	}

}
