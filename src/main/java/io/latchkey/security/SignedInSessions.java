package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;

/**
 * The sessions of people who signed in; there are no others. Each user has so many, all
 * together so many: the one that was not used for longest makes room for a new one. A
 * session ends after a while without a request, which the server sees to, and a day after
 * sign-in in any case.
 */
@Component
class SignedInSessions implements SessionAuthenticationStrategy {

	static final int MOST_OF_A_USER = 20;

	static final int MOST = 1_000;

	static final Duration LONGEST = Duration.ofHours(24);

	private static final Logger LOGGER = LoggerFactory.getLogger(SignedInSessions.class);

	private final Set<SignedInSession> sessions = ConcurrentHashMap.newKeySet();

	private final int mostOfAUser;

	private final int most;

	private final Clock clock;

	@Autowired
	SignedInSessions(Clock clock) {
		this(MOST_OF_A_USER, MOST, clock);
	}

	SignedInSessions(int mostOfAUser, int most, Clock clock) {
		this.mostOfAUser = mostOfAUser;
		this.most = most;
		this.clock = clock;
	}

	/**
	 * Gives the person a session, under an id that nobody can have known before.
	 */
	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		if (request.getSession(false) != null) {
			request.changeSessionId();
		}
		begin(authentication.getName(), request.getSession(true));
	}

	/** Ends the session if it is over; whether it was. */
	boolean endIfOver(HttpSession session) {
		boolean over = SignedInSession.isOlder(session, this.clock.instant().minus(LONGEST));
		if (over) {
			session.invalidate();
		}
		return over;
	}

	int count() {
		return this.sessions.size();
	}

	void remove(SignedInSession session) {
		this.sessions.remove(session);
	}

	private synchronized void begin(String username, HttpSession session) {
		SignedInSession begun = new SignedInSession(username, this.clock.instant(), session, this);
		begun.begin();
		this.sessions.add(begun);
		keep(this.mostOfAUser, (other) -> other.username().equals(username), begun);
		keep(this.most, (other) -> true, begun);
	}

	private void keep(int most, Predicate<SignedInSession> of, SignedInSession begun) {
		while (this.sessions.stream().filter(of).count() > most) {
			this.sessions.stream()
				.filter(of)
				.filter((session) -> session != begun)
				.min(Comparator.comparingLong(SignedInSession::lastUsed))
				.ifPresent((oldest) -> {
					LOGGER.info("A session of '{}' makes room for a new one of '{}'", oldest.username(),
							begun.username());
					oldest.end();
					remove(oldest);
				});
		}
	}

}
