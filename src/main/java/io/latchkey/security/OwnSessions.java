package io.latchkey.security;

import java.util.List;

import io.latchkey.security.SignedInSessionRepository.Row;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Where users are signed in, for themselves and for administrators.
 */
@Service
public class OwnSessions {

	private final SignedInSessions sessions;

	OwnSessions(SignedInSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * The one that was used last first.
	 * @param asking the session that asks
	 */
	public List<OwnSession> of(String username, @Nullable HttpSession asking) {
		return this.sessions.of(username)
			.stream()
			.map((row) -> new OwnSession(row.id(), row.address(), row.browser(), row.since(), row.lastUsedAt(),
					isOf(row, asking)))
			.toList();
	}

	/** Ends one of the user's; one that isn't there, or is another's, stays as it is. */
	public void end(String username, long id) {
		this.sessions.of(username).stream().filter((row) -> row.id() == id).forEach(this::end);
	}

	/** Ends one of another user's, as {@link #end} does. */
	public void endOfAnother(String username, long id) {
		this.sessions.of(username)
			.stream()
			.filter((row) -> row.id() == id)
			.forEach((row) -> this.sessions.end(row, SessionEnded.Cause.ENDED_BY_ADMIN));
	}

	/** Ends all of another user's. */
	public void endAllOfAnother(String username) {
		this.sessions.of(username).forEach((row) -> this.sessions.end(row, SessionEnded.Cause.ENDED_BY_ADMIN));
	}

	/** Ends all of the user's but the one that asks. */
	public void endOthers(String username, @Nullable HttpSession asking) {
		this.sessions.of(username).stream().filter((row) -> !isOf(row, asking)).forEach(this::end);
	}

	private void end(Row row) {
		this.sessions.end(row, SessionEnded.Cause.ENDED_BY_OWNER);
	}

	private static boolean isOf(Row row, @Nullable HttpSession asking) {
		SignedInSession signedIn = SignedInSession.of(asking);
		return signedIn != null && signedIn.row().idHash().equals(row.idHash());
	}

}
