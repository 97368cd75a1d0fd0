package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

import io.latchkey.core.AuditableEvent;
import io.latchkey.users.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sessions of people who signed in; there are no others. Each user has so many, all
 * together so many: the one that was not used for longest makes room for a new one. A
 * session ends after a while without a request, which the server sees to, and a day after
 * sign-in in any case, and with the password that it began with. Where each began and why
 * it ended is on record, except that a stop of Latchkey ends all of them.
 */
@Component
class SignedInSessions implements SessionAuthenticationStrategy, LogoutHandler {

	static final int MOST_OF_A_USER = 20;

	static final int MOST = 1_000;

	static final Duration LONGEST = Duration.ofHours(24);

	private static final Logger LOGGER = LoggerFactory.getLogger(SignedInSessions.class);

	private final Set<SignedInSession> sessions = ConcurrentHashMap.newKeySet();

	private final int mostOfAUser;

	private final int most;

	private final Function<String, Optional<String>> passwordMarks;

	private final ApplicationEventPublisher events;

	private final TransactionOperations transactions;

	private final Clock clock;

	private volatile boolean closed;

	@Autowired
	SignedInSessions(Passwords passwords, ApplicationEventPublisher events, TransactionOperations transactions,
			Clock clock) {
		this(MOST_OF_A_USER, MOST, passwords::markOf, events, transactions, clock);
	}

	SignedInSessions(int mostOfAUser, int most, Function<String, Optional<String>> passwordMarks,
			ApplicationEventPublisher events, TransactionOperations transactions, Clock clock) {
		this.mostOfAUser = mostOfAUser;
		this.most = most;
		this.passwordMarks = passwordMarks;
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Gives the person a session, under an id that nobody can have known before, once
	 * that is on record.
	 */
	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		SignedIn signedIn = new SignedIn(authentication.getName(), ClientAddress.of(request.getRemoteAddr()));
		record(signedIn);
		SignedInSession before = SignedInSession.of(request.getSession(false));
		if (before != null) {
			before.willEnd(SessionEnded.Cause.SIGNED_IN_AGAIN);
		}
		if (request.getSession(false) != null) {
			request.changeSessionId();
		}
		begin(signedIn, SignInUser.of(authentication).passwordMark(), request.getSession(true));
	}

	/** Says why the session is about to end. */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		SignedInSession signedIn = SignedInSession.of(request.getSession(false));
		if (signedIn != null) {
			signedIn.willEnd(SessionEnded.Cause.SIGNED_OUT);
		}
	}

	/** Ends the session if it is over, or its user got another password. */
	void endIfOver(HttpSession session) {
		SignedInSession signedIn = SignedInSession.of(session);
		if (signedIn == null) {
			return;
		}
		if (signedIn.isOlder(this.clock.instant().minus(LONGEST))) {
			signedIn.end(SessionEnded.Cause.TOO_OLD);
		}
		else if (!signedIn.hasMark(this.passwordMarks.apply(signedIn.username()))) {
			signedIn.end(SessionEnded.Cause.PASSWORD_SET);
		}
	}

	int count() {
		return this.sessions.size();
	}

	/** The server ends all sessions after the database was closed. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
	}

	private void ended(SessionEnded ended) {
		if (this.closed) {
			return;
		}
		try {
			record(ended);
		}
		catch (DataAccessException | TransactionException ex) {
			LOGGER.warn("The end of a session of '{}' could not be put on record", ended.username(), ex);
		}
	}

	private void record(AuditableEvent event) {
		this.transactions.executeWithoutResult((status) -> this.events.publishEvent(event));
	}

	private void begin(SignedIn signedIn, String passwordMark, HttpSession session) {
		SignedInSession begun = new SignedInSession(signedIn, this.clock.instant(), passwordMark, session,
				this.sessions::remove, this::ended);
		begun.begin();
		for (SignedInSession oldest : makeRoom(begun)) {
			LOGGER.info("A session of '{}' makes room for a new one of '{}'", oldest.username(), begun.username());
			oldest.end(SessionEnded.Cause.MADE_ROOM);
		}
	}

	private synchronized List<SignedInSession> makeRoom(SignedInSession begun) {
		List<SignedInSession> leaving = new ArrayList<>(
				beyond(this.mostOfAUser, (other) -> other.username().equals(begun.username())));
		leaving.addAll(beyond(this.most, (other) -> true));
		this.sessions.add(begun);
		return leaving;
	}

	/** Takes those from the list that were not used for longest. */
	private List<SignedInSession> beyond(int most, Predicate<SignedInSession> of) {
		List<SignedInSession> found = this.sessions.stream()
			.filter(of)
			.sorted(Comparator.comparingLong(SignedInSession::lastUsed).reversed())
			.skip(most - 1L)
			.toList();
		found.forEach(this.sessions::remove);
		return found;
	}

}
