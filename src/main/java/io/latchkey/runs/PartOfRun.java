package io.latchkey.runs;

import org.jspecify.annotations.Nullable;

/**
 * One part of a run that has ended.
 *
 * @param input what it had to know
 * @param outcome what it came to; null when it did not get to act, or broke off
 * @param broken why it broke off, for a person, or null
 */
public record PartOfRun<I, O extends PartOutcome>(FinishedRun run, I input, @Nullable O outcome,
		@Nullable String broken) {

}
