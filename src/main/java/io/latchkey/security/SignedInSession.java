package io.latchkey.security;

import java.io.Serializable;
import java.time.Instant;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;

/**
 * One sign-in, as its session keeps it; leaves the list when the session ends, however
 * that comes.
 */
final class SignedInSession implements HttpSessionBindingListener, Serializable {

	private static final long serialVersionUID = 1L;

	private static final String ATTRIBUTE = SignedInSession.class.getName();

	private final String username;

	private final Instant since;

	private final transient HttpSession session;

	private final transient SignedInSessions all;

	SignedInSession(String username, Instant since, HttpSession session, SignedInSessions all) {
		this.username = username;
		this.since = since;
		this.session = session;
		this.all = all;
	}

	static boolean isOlder(HttpSession session, Instant limit) {
		return session.getAttribute(ATTRIBUTE) instanceof SignedInSession signedIn && signedIn.since.isBefore(limit);
	}

	void begin() {
		this.session.setAttribute(ATTRIBUTE, this);
	}

	void end() {
		try {
			this.session.invalidate();
		}
		catch (IllegalStateException ex) {
			// It ended at the same moment.
			this.all.remove(this);
		}
	}

	@Override
	public void valueUnbound(HttpSessionBindingEvent event) {
		this.all.remove(this);
	}

	String username() {
		return this.username;
	}

	long lastUsed() {
		try {
			return this.session.getLastAccessedTime();
		}
		catch (IllegalStateException ex) {
			return Long.MIN_VALUE;
		}
	}

}
