package io.latchkey.runs;

import org.jspecify.annotations.Nullable;

/** A part's own values: who put them there under its name was that part. */
final class PartValues {

	private PartValues() {
	}

	/** What it has to know, or null where it has nothing to do. */
	@SuppressWarnings("unchecked")
	static <I> @Nullable I inputOf(RunPart<I, ?> part, PartInputs inputs) {
		return (I) inputs.byPart().get(part.name());
	}

	/** What it came to, or null where it did not get to act. */
	@SuppressWarnings("unchecked")
	static <O extends PartOutcome> @Nullable O outcomeOf(RunPart<?, O> part, PartOutcomes outcomes) {
		return (O) outcomes.byPart().get(part.name());
	}

}
