package io.latchkey.nodestate;

import java.time.Instant;
import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * How far a cluster's inter-node keys are on one of its nodes.
 *
 * @param node the node's name
 * @param keys the pairs that it uses, as far as they are known
 * @param detail what stands in the way, for a person, or null
 * @param at when a run last said something of it, or null
 */
public record InterNodeState(String node, Stand stand, List<Fingerprint> keys, @Nullable String detail,
		@Nullable Instant at) {

	/** How far it is. */
	public enum Stand {

		/** A run has proved it. */
		IN_PLACE,
		/** A run is to come. */
		PENDING,
		/** Latchkey does not get in; it gets its part when it comes back. */
		AWAY,
		/** Something on the node stands in the way. */
		FAILED,
		/** Nothing is written to a node in mode OBSERVE. */
		OBSERVED,
		/** It is not enrolled yet. */
		NOT_ENROLLED

	}

}
