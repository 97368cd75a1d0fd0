package io.latchkey.passwords;

import java.util.List;

import io.latchkey.runs.PartOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a run saw of what was decided.
 *
 * @param seen null when somebody looked a moment ago
 * @param warnings what is no longer as it was decided, for a person
 * @param mended whether it was put right
 * @param told in words; null when there is nothing to be said
 */
record WatchedPasswords(@Nullable PasswordLogin seen, List<String> warnings, boolean mended,
		@Nullable String told) implements PartOutcome {

	WatchedPasswords {
		warnings = List.copyOf(warnings);
	}

	/** Nobody looked; what was seen last is told again. */
	static WatchedPasswords again(PasswordLogin before) {
		return new WatchedPasswords(null, before.warnings(), false, null);
	}

	static WatchedPasswords of(PasswordLogin seen) {
		return new WatchedPasswords(seen, seen.warnings(), false, null);
	}

	@Override
	public boolean isWorthTelling() {
		return this.mended;
	}

}
