package io.latchkey.security;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in, as its session keeps it; leaves the list when the session ends, however
 * that comes.
 */
final class SignedInSession implements HttpSessionBindingListener, Serializable {

	private static final long serialVersionUID = 1L;

	private static final String ATTRIBUTE = SignedInSession.class.getName();

	private final SignedIn signedIn;

	private final Instant since;

	private final String passwordMark;

	private final transient HttpSession session;

	private final transient Consumer<SignedInSession> leaves;

	private final transient Consumer<SessionEnded> ended;

	private final transient AtomicReference<SessionEnded.@Nullable Cause> cause = new AtomicReference<>();

	/**
	 * @param leaves takes it from the list
	 * @param ended is told why, once it has
	 */
	SignedInSession(SignedIn signedIn, Instant since, String passwordMark, HttpSession session,
			Consumer<SignedInSession> leaves, Consumer<SessionEnded> ended) {
		this.signedIn = signedIn;
		this.since = since;
		this.passwordMark = passwordMark;
		this.session = session;
		this.leaves = leaves;
		this.ended = ended;
	}

	/** Of the session, or null when nobody signed in with it. */
	static @Nullable SignedInSession of(@Nullable HttpSession session) {
		return (session != null && session.getAttribute(ATTRIBUTE) instanceof SignedInSession signedIn) ? signedIn
				: null;
	}

	void begin() {
		this.session.setAttribute(ATTRIBUTE, this);
	}

	/** Ends it, unless it has ended already. */
	void end(SessionEnded.Cause cause) {
		willEnd(cause);
		try {
			this.session.invalidate();
		}
		catch (IllegalStateException ex) {
			// It ended at the same moment.
			this.leaves.accept(this);
		}
	}

	/** Says why, before somebody else ends it. */
	void willEnd(SessionEnded.Cause cause) {
		this.cause.compareAndSet(null, cause);
	}

	@Override
	public void valueUnbound(HttpSessionBindingEvent event) {
		this.leaves.accept(this);
		willEnd(SessionEnded.Cause.UNUSED);
		SessionEnded.Cause cause = this.cause.get();
		if (cause != null) {
			this.ended.accept(new SessionEnded(username(), this.signedIn.address(), this.since, cause));
		}
	}

	String username() {
		return this.signedIn.username();
	}

	boolean isOlder(Instant limit) {
		return this.since.isBefore(limit);
	}

	/** Whether the user's password is still the one that it began with. */
	boolean hasMark(Optional<String> mark) {
		return mark.filter(this.passwordMark::equals).isPresent();
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
