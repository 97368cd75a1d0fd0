package io.latchkey.conversation.sessions;

/**
 * Nothing can be said of sessions here.
 */
final class SessionsUnavailable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String why;

	private final boolean withoutSshd;

	SessionsUnavailable(String why) {
		this(why, false);
	}

	SessionsUnavailable(String why, boolean withoutSshd) {
		super(why);
		this.why = why;
		this.withoutSshd = withoutSshd;
	}

	/** Whether there is no sshd whose sessions could be told of. */
	boolean isWithoutSshd() {
		return this.withoutSshd;
	}

	String why() {
		return this.why;
	}

}
