package io.latchkey.delivery;

import java.time.Instant;

import io.latchkey.grants.GrantId;
import io.latchkey.openssh.Fingerprint;

/**
 * Live sessions that are to be ended on a node.
 *
 * @param grant the grant that had let the key in
 */
public record SessionEnding(long id, String account, Fingerprint key, GrantId grant, Instant askedAt) {

	/** What it came to in the end. */
	public enum Outcome {

		/** Those that were open are ended. */
		ENDED,
		/** Some were left alone, and the detail says why. */
		LEFT,
		/** Something else lets the key in there, so its sessions stay. */
		KEPT,
		/** The node could not be brought to do it in time. */
		GIVEN_UP

	}

}
