package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.latchkey.core.AuditableEvent;
import io.latchkey.security.SignedInSessionRepository.Row;
import io.latchkey.users.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sessions of people who signed in; there are no others. Each is a row in the
 * database, which alone says whether it goes on, and lasts over a restart. Each user has
 * so many, all together so many: the one that was not used for longest makes room for a
 * new one. A session ends after a while without a request, a day after sign-in in any
 * case, and with the password that it began with. Where each began and why it ended is on
 * record, once, by whichever request or instance took its row away.
 */
@Component
class SignedInSessions implements SessionAuthenticationStrategy, LogoutHandler {

	static final String COOKIE = "latchkey-session";

	static final int MOST_OF_A_USER = 20;

	static final int MOST = 1_000;

	static final Duration LONGEST = Duration.ofHours(24);

	/** How exactly the last use is known. */
	private static final Duration GRAIN = Duration.ofMinutes(1);

	private static final Logger LOGGER = LoggerFactory.getLogger(SignedInSessions.class);

	private final Set<SignedInSession> here = ConcurrentHashMap.newKeySet();

	private final SignedInSessionRepository rows;

	private final Passwords passwords;

	private final SiteCookies cookies;

	private final ApplicationEventPublisher events;

	private final TransactionOperations transactions;

	private final Duration unused;

	private final Clock clock;

	private volatile boolean closed;

	SignedInSessions(SignedInSessionRepository rows, Passwords passwords, SiteCookies cookies,
			ApplicationEventPublisher events, TransactionOperations transactions,
			@Value("${server.servlet.session.timeout:8h}") Duration unused, Clock clock) {
		this.rows = rows;
		this.passwords = passwords;
		this.cookies = cookies;
		this.events = events;
		this.transactions = transactions;
		this.unused = unused;
		this.clock = clock;
	}

	/**
	 * Gives the person a session, under an id that nobody can have known before, once
	 * that is on record.
	 */
	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		SessionSecret secret = SessionSecret.generate();
		Row row = row(authentication, request, secret);
		this.transactions.executeWithoutResult((status) -> {
			this.events.publishEvent(new SignedIn(row.username(), row.address()));
			this.rows.insert(row);
		});
		SignedInSession before = SignedInSession.of(request.getSession(false));
		if (before != null) {
			before.willEnd(SessionEnded.Cause.SIGNED_IN_AGAIN);
		}
		if (request.getSession(false) != null) {
			request.changeSessionId();
		}
		this.cookies.write(request, response, COOKIE, secret.text(), null);
		keep(row, request.getSession(true));
		makeRoom(row.username());
	}

	/** Says why the session is about to end. */
	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		SignedInSession signedIn = SignedInSession.of(request.getSession(false));
		if (signedIn != null) {
			signedIn.willEnd(SessionEnded.Cause.SIGNED_OUT);
			this.cookies.write(request, response, COOKIE, "", Duration.ZERO);
		}
	}

	/** Ends the session if it is over, or its user got another password. */
	void endIfOver(SignedInSession session) {
		Optional<Row> row = this.rows.find(session.row().idHash());
		SessionEnded.Cause cause = row.map(this::over)
			.orElse(Optional.of(SessionEnded.Cause.ENDED_BY_OWNER))
			.orElse(null);
		if (cause != null) {
			session.end(cause);
		}
		else {
			row.ifPresent(this::markUsed);
		}
	}

	/** What the browser's cookie names, if it goes on. */
	Optional<Row> open(HttpServletRequest request) {
		String text = this.cookies.read(request, COOKIE, SessionSecret.LENGTH);
		if (text == null || text.length() != SessionSecret.LENGTH) {
			return Optional.empty();
		}
		Optional<Row> row = this.rows.find(new SessionSecret(text).hash());
		Optional<SessionEnded.Cause> cause = row.flatMap(this::over);
		cause.ifPresent((why) -> end(row.orElseThrow(), why));
		return cause.isPresent() ? Optional.empty() : row;
	}

	/** Has the process know it, in a session of its own. */
	void keep(Row row, HttpSession session) {
		SignedInSession kept = new SignedInSession(row, session, this::ended);
		this.here.add(kept);
		kept.begin();
		markUsed(row);
	}

	/** Ends it here, and wherever else it is known with the next request. */
	void end(Row row, SessionEnded.Cause cause) {
		this.here.stream()
			.filter((session) -> session.row().idHash().equals(row.idHash()))
			.forEach((session) -> session.end(cause));
		record(row, cause);
	}

	List<Row> of(String username) {
		Optional<String> mark = this.passwords.markOf(username);
		return this.rows.of(username).stream().filter((row) -> over(row, mark).isEmpty()).toList();
	}

	int count() {
		return this.here.size();
	}

	/** The server ends all sessions after the database was closed; their rows stay. */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
	}

	private Row row(Authentication authentication, HttpServletRequest request, SessionSecret secret) {
		Instant now = this.clock.instant();
		return new Row(0, secret.hash(), authentication.getName(), SignInUser.of(authentication).passwordMark(),
				ClientAddress.of(request.getRemoteAddr()), BrowserNames.of(request.getHeader(HttpHeaders.USER_AGENT)),
				now, now);
	}

	private Optional<SessionEnded.Cause> over(Row row) {
		return over(row, this.passwords.markOf(row.username()));
	}

	private Optional<SessionEnded.Cause> over(Row row, Optional<String> mark) {
		Instant now = this.clock.instant();
		if (row.since().isBefore(now.minus(LONGEST))) {
			return Optional.of(SessionEnded.Cause.TOO_OLD);
		}
		if (row.lastUsedAt().isBefore(now.minus(this.unused))) {
			return Optional.of(SessionEnded.Cause.UNUSED);
		}
		return mark.filter(row.passwordMark()::equals).isPresent() ? Optional.empty()
				: Optional.of(SessionEnded.Cause.PASSWORD_SET);
	}

	private void markUsed(Row row) {
		Instant now = this.clock.instant();
		if (!now.isBefore(row.lastUsedAt().plus(GRAIN))) {
			this.rows.markUsed(row.idHash(), now, now.minus(GRAIN));
		}
	}

	private void makeRoom(String username) {
		Instant now = this.clock.instant();
		this.rows.over(now.minus(this.unused), now.minus(LONGEST))
			.forEach((row) -> end(row, over(row).orElse(SessionEnded.Cause.UNUSED)));
		List<Row> leaving = new ArrayList<>(this.rows.beyond(username, MOST_OF_A_USER));
		leaving.addAll(this.rows.beyond(MOST));
		for (Row oldest : leaving) {
			LOGGER.info("A session of '{}' makes room for a new one of '{}'", oldest.username(), username);
			end(oldest, SessionEnded.Cause.MADE_ROOM);
		}
	}

	private void ended(SignedInSession session, SessionEnded.Cause cause) {
		this.here.remove(session);
		if (this.closed) {
			return;
		}
		try {
			record(session.row(), cause);
		}
		catch (DataAccessException | TransactionException ex) {
			LOGGER.warn("The end of a session of '{}' could not be put on record", session.row().username(), ex);
		}
	}

	/** What another process still uses isn't unused. */
	private void record(Row row, SessionEnded.Cause cause) {
		this.transactions.executeWithoutResult((status) -> {
			boolean gone = (cause == SessionEnded.Cause.UNUSED)
					? this.rows.deleteUnused(row.idHash(), this.clock.instant().minus(this.unused).plus(GRAIN))
					: this.rows.delete(row.idHash());
			if (gone) {
				AuditableEvent event = new SessionEnded(row.username(), row.address(), row.since(), cause);
				this.events.publishEvent(event);
			}
		});
	}

}
