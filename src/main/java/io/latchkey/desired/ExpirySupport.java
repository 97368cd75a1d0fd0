package io.latchkey.desired;

/** How a node's sshd understands {@code expiry-time=}. */
public enum ExpirySupport {

	/** Not at all: the option would make it refuse the line. */
	NONE,
	/** In the node's own time zone (OpenSSH 7.7 to 9.0). */
	LOCAL,
	/** In UTC with a trailing Z (OpenSSH 9.1 and later). */
	UTC

}
