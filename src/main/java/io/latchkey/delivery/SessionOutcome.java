package io.latchkey.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What a run did about sessions that were to be ended.
 *
 * @param outcome null when it is still to be done
 * @param ended how many were ended in this run
 * @param detail what stands in the way, for a person, or null
 * @param worthAnotherTry whether the node should be asked again soon
 */
record SessionOutcome(SessionEnding ending, SessionEnding.@Nullable Outcome outcome, int ended, @Nullable String detail,
		boolean worthAnotherTry) {

	static SessionOutcome done(SessionEnding ending, SessionEnding.Outcome outcome, int ended,
			@Nullable String detail) {
		return new SessionOutcome(ending, outcome, ended, detail, false);
	}

}
