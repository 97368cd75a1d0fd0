package io.latchkey.identity;

import java.time.Duration;

import io.latchkey.openssh.Fingerprint;

/**
 * That a new key takes the place of another of the same identity.
 *
 * @param replaces the other, which gets an end
 * @param overlap for how long from now both let in
 */
public record KeyReplacement(Fingerprint replaces, Duration overlap) {

	/** As long as nothing else is said. */
	public static final Duration USUAL_OVERLAP = Duration.ofDays(7);

	static final Duration LONGEST_OVERLAP = Duration.ofDays(365);

}
