package io.latchkey.foreignkeys;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that is to go from an account and was not seen gone yet.
 *
 * @param node the node's name
 * @param askedBy who wanted it gone
 * @param detail what is the matter with the node, or null
 */
public record UnwantedKey(String node, String account, Fingerprint fingerprint, Instant askedAt, String askedBy,
		Standing standing, @Nullable String detail) {

	/** Why it still stands there. */
	public enum Standing {

		/** It is its turn soon. */
		WAITING,
		/** The node is not there; the key goes when it comes. */
		AWAY,
		/** Nothing is written there before its mode is another. */
		OBSERVED,
		/** What was tried did not work; it is tried again. */
		FAILED

	}

}
