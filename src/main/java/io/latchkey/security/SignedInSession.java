package io.latchkey.security;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in, as the process keeps it in a session of its own; tells when that session
 * ends, however that comes.
 */
final class SignedInSession implements HttpSessionBindingListener, Serializable {

	private static final long serialVersionUID = 1L;

	private static final String ATTRIBUTE = SignedInSession.class.getName();

	private final transient SignedInSessionRepository.Row row;

	private final transient HttpSession session;

	private final transient BiConsumer<SignedInSession, SessionEnded.Cause> ended;

	private final transient AtomicReference<SessionEnded.@Nullable Cause> cause = new AtomicReference<>();

	/**
	 * @param row as it stood when the process came to know it
	 * @param ended is told why it ended
	 */
	SignedInSession(SignedInSessionRepository.Row row, HttpSession session,
			BiConsumer<SignedInSession, SessionEnded.Cause> ended) {
		this.row = row;
		this.session = session;
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
			this.ended.accept(this, cause);
		}
	}

	/** Says why, before somebody else ends it. */
	void willEnd(SessionEnded.Cause cause) {
		this.cause.compareAndSet(null, cause);
	}

	@Override
	public void valueUnbound(HttpSessionBindingEvent event) {
		willEnd(SessionEnded.Cause.UNUSED);
		SessionEnded.Cause why = this.cause.get();
		if (why != null) {
			this.ended.accept(this, why);
		}
	}

	SignedInSessionRepository.Row row() {
		return this.row;
	}

}
