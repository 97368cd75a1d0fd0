package io.latchkey.openssh;

import org.jspecify.annotations.Nullable;

/**
 * What an SSH server says of somebody who came, wanted to come, or went.
 */
public sealed interface LoginEvent {

	/**
	 * Somebody was let in.
	 *
	 * @param method as in RFC 4252, such as {@code publickey}
	 * @param key what was shown; null where the method has none, or the log names none
	 * @param authority the key that vouched for it; null when it was no certificate
	 */
	record Accepted(String method, String account, String address, int port, @Nullable Fingerprint key,
			@Nullable Fingerprint authority) implements LoginEvent {

	}

	/**
	 * Somebody was not let in.
	 *
	 * @param method null where the log does not name it
	 * @param account null when there is none of the name that was given, which anybody
	 * may choose
	 */
	record Refused(@Nullable String method, @Nullable String account, String address, int port,
			@Nullable Fingerprint key) implements LoginEvent {

	}

	/**
	 * A connection that had been let in ended.
	 *
	 * @param account null where the log does not name it
	 */
	record Disconnected(@Nullable String account, String address, int port) implements LoginEvent {

	}

	/** PAM opened a session. */
	record SessionOpened(String account) implements LoginEvent {

	}

	/** PAM closed a session. */
	record SessionClosed(String account) implements LoginEvent {

	}

}
