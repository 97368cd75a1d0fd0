package io.latchkey.delivery;

import io.latchkey.grants.GrantRevoked;
import io.latchkey.identity.IdentitySuspended;
import io.latchkey.identity.KeyRemoved;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks for the sessions of all that is taken away, by whatever way, where the policy says
 * so.
 */
@Component
@ConditionalOnProperty(name = "latchkey.sessions.end", havingValue = "always")
class AlwaysEndedSessions {

	private final SessionEndings sessions;

	AlwaysEndedSessions(SessionEndings sessions) {
		this.sessions = sessions;
	}

	@EventListener
	void on(GrantRevoked event) {
		this.sessions.askFor(event.reach());
	}

	@EventListener
	void on(IdentitySuspended event) {
		this.sessions.askFor(event.name());
	}

	@EventListener
	void on(KeyRemoved event) {
		this.sessions.askFor(event.identityName(), event.fingerprint());
	}

}
