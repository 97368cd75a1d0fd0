package io.latchkey.conversation.sshd;

import org.jspecify.annotations.Nullable;

/**
 * What became of a change of sshd's configuration. Unless it is {@link OnTrial}, all
 * stands as it was, and sshd heeds what it heeded.
 */
public sealed interface SshdChange {

	/**
	 * sshd heeds it, and the node undoes it unless it is settled in time, by a fresh
	 * login.
	 *
	 * @param token names the change
	 * @param hash of the file in which Latchkey decides; null when it is gone
	 * @param reloaded how sshd was told
	 */
	record OnTrial(String token, @Nullable String hash, Reloaded reloaded) implements SshdChange {

	}

	/**
	 * The file in which Latchkey decides was another than expected.
	 *
	 * @param hashNow null when there is none
	 */
	record Changed(@Nullable String hashNow) implements SshdChange {

	}

	/**
	 * It was not made, or was undone.
	 *
	 * @param code {@code no-sshd}, {@code no-permission}, {@code link} (a file of the
	 * configuration is one), {@code broken} (sshd does not understand its configuration),
	 * {@code overridden} (something that sshd reads before decides otherwise),
	 * {@code reload} (sshd ended, and was started again), {@code busy} (another change is
	 * on trial), {@code marks}, {@code no-space}, {@code read-only} or {@code io}
	 * @param detail in the words of the node, one line
	 */
	record Refused(String code, String detail) implements SshdChange {

	}

	/** How an sshd was told to read its configuration. */
	enum Reloaded {

		SYSTEMCTL, RC_SERVICE, SIGNAL,

		/** There is one for each connection, which reads it by itself. */
		NONE

	}

}
