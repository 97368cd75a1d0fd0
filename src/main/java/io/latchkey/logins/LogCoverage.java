package io.latchkey.logins;

import java.time.Instant;
import java.util.Set;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that was logged in to on a node since an instant is known, so that silence
 * means that nobody came.
 *
 * @param name the node's name
 * @param gap why it is not; null when it is
 * @param at since when something is known, or until when; null when that is never
 * @param unnamed the accounts that were let in to by keys that the log does not name
 */
public record LogCoverage(NodeId node, String name, @Nullable Gap gap, @Nullable Instant at, Set<String> unnamed) {

	/** Why silence says nothing. */
	public enum Gap {

		/** The log was never read. */
		NEVER_READ,
		/** The log could not be read the last time. */
		UNREADABLE,
		/** It is some time since the log was read. */
		NOT_LATELY,
		/** The log is known since a later instant only. */
		SINCE,
		/** Latchkey's own logins are not in it: sshd does not write who comes there. */
		SILENT,
		/** More keys came than are kept. */
		TOO_MANY,
		/** The log does not name the keys that were let in to the account. */
		UNNAMED

	}

	/** Why it is not known who came as the account; null when it is. */
	public @Nullable Gap gapOf(String account) {
		return (this.gap == null && this.unnamed.contains(account)) ? Gap.UNNAMED : this.gap;
	}

}
