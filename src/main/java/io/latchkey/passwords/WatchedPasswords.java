package io.latchkey.passwords;

import java.util.List;

import io.latchkey.runs.PartOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a run saw of what was decided.
 *
 * @param state null when it was seen a moment ago
 * @param warnings what is no longer as it was decided, for a person
 * @param mended whether it was put right
 * @param told in words; null when there is nothing to be said
 */
record WatchedPasswords(@Nullable PasswordState state, List<String> warnings, boolean mended,
		@Nullable String told) implements PartOutcome {

	@Override
	public boolean isWorthTelling() {
		return this.mended;
	}

}
