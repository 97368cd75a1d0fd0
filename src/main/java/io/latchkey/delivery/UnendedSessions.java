package io.latchkey.delivery;

import java.time.Clock;
import java.util.List;

import io.latchkey.core.CurrentActor;
import io.latchkey.identity.Identity;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The live sessions that were to be ended and are not known to be: until it worked, or
 * somebody has seen to them.
 */
@Service
@Transactional
public class UnendedSessions {

	private final SessionEndingRepository endings;

	private final SessionEndings sessions;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	UnendedSessions(SessionEndingRepository endings, SessionEndings sessions, CurrentActor actor,
			ApplicationEventPublisher events, Clock clock) {
		this.endings = endings;
		this.sessions = sessions;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/** Those that somebody should look at, the oldest first; at most 500. */
	@Transactional(readOnly = true)
	public List<UnendedSession> open() {
		return this.endings.unended();
	}

	/**
	 * Those of the identity, also those that are still to be tried, the oldest first; at
	 * most 500.
	 */
	@Transactional(readOnly = true)
	public List<UnendedSession> of(Identity identity) {
		return this.endings.unendedOf(identity.name(), identity.fingerprints());
	}

	/** Asks for those of the identity again that nobody tries any more. */
	public void tryAgain(Identity identity) {
		this.sessions.askAgain("identity:" + identity.name(),
				of(identity).stream().filter(UnendedSession::isLeft).toList());
	}

	/** Notes that somebody has seen to those of the identity. */
	public void see(Identity identity) {
		List<UnendedSession> left = of(identity).stream().filter(UnendedSession::isLeft).toList();
		left.forEach((session) -> this.endings.noteSeen(session, this.actor.get().name(), this.clock.instant()));
		if (!left.isEmpty()) {
			this.events.publishEvent(new SessionsSeen(identity.name(), left.size()));
		}
	}

}
