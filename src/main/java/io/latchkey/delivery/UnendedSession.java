package io.latchkey.delivery;

import java.time.Instant;

import io.latchkey.grants.GrantId;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that were to be ended and are not known to be.
 *
 * @param identity whose key opened them, by name; null when that is not known any more
 * @param node the node's name
 * @param grant that had let the key in
 * @param detail what stands in the way, for a person; null when none was tried yet
 */
public record UnendedSession(@Nullable String identity, NodeId nodeId, String node, String account, Fingerprint key,
		GrantId grant, Instant askedAt, Standing standing, @Nullable String detail) {

	/** How it stands with them. */
	public enum Standing {

		/** It is to be done, or done again. */
		WAITING,
		/** It was tried and is not done; it is tried again. */
		TRYING,
		/** Some were left alone: somebody has to look. */
		LEFT,
		/** The node was not brought to do it in time. */
		GIVEN_UP

	}

	/** Whether nobody tries any more. */
	public boolean isLeft() {
		return this.standing == Standing.LEFT || this.standing == Standing.GIVEN_UP;
	}

}
