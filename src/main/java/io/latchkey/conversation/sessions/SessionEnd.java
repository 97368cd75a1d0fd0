package io.latchkey.conversation.sessions;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * What became of a session that was to be ended.
 *
 * @param why it stays, in the node's words; null when it does not
 */
@NamedInterface("sessions")
public record SessionEnd(Outcome outcome, @Nullable String why) {

	/** What became of it. */
	public enum Outcome {

		/** It was there, and is gone now. */
		ENDED,
		/** It was gone before. */
		GONE,
		/** It is still there, or that is not known. */
		STAYS

	}

}
