package io.latchkey.api.identities;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import io.latchkey.core.InvalidInputException;
import io.latchkey.identity.KeyReplacement;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/** Reads which key a new one replaces. */
final class Replacements {

	private Replacements() {
	}

	/**
	 * Nothing when it replaces none.
	 * @param faults takes what is wrong with the fingerprint
	 */
	static Optional<KeyReplacement> read(Faults faults, @Nullable String replaces, @Nullable Duration overlap) {
		if (replaces == null && overlap != null) {
			throw new InvalidInputException(Fault.of("overlap", "key.overlap.alone"));
		}
		return (replaces == null) ? Optional.empty()
				: faults.parsed("replaces", replaces, Fingerprint::parse, "fingerprint.malformed")
					.map((fingerprint) -> new KeyReplacement(fingerprint,
							Objects.requireNonNullElse(overlap, KeyReplacement.USUAL_OVERLAP)));
	}

}
