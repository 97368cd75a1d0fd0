package io.latchkey.nodestate;

import io.latchkey.openssh.Fingerprint;

/**
 * A key that nobody granted, and how many lines with it stand on the nodes.
 */
public record ForeignKeyCount(Fingerprint key, long standing) {

	/** Which of those keys. */
	public enum Which {

		/** All of them. */
		ALL,
		/** Those that need somebody. */
		OPEN,
		/** Those that are tolerated now. */
		TOLERATED

	}

}
