package io.latchkey.managementkeys;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A rotation of the management key that is under way.
 *
 * @param newest to which the nodes move
 * @param before from which they move
 * @param moved how many have moved, of those that are enrolled
 * @param nodes those that have not
 */
public record KeyRotation(ManagementKey newest, ManagementKey before, long moved, List<Node> nodes) {

	public Instant startedAt() {
		return this.newest.generatedAt();
	}

	public long count(Standing standing) {
		return this.nodes.stream().filter((node) -> node.standing() == standing).count();
	}

	/** Why a node has not moved. */
	public enum Standing {

		/** It is its turn soon. */
		WAITING,
		/** It is not there; it moves when it comes. */
		AWAY,
		/** It is only observed: nothing is written there before its mode is another. */
		OBSERVED,
		/** What was tried did not work; it is tried again. */
		FAILED

	}

	/**
	 * A node that has not moved.
	 *
	 * @param detail what is known of why, or null
	 */
	public record Node(String name, Standing standing, @Nullable String detail, @Nullable Instant lastCheckedAt) {

	}

}
