package io.latchkey.users;

import io.latchkey.identity.IdentityLeaving;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Unties whoever was tied to an identity that is deleted, in the same transaction: the
 * database would as well, and tell nobody.
 */
@Component
class EndedIdentities {

	private final Users users;

	EndedIdentities(Users users) {
		this.users = users;
	}

	@EventListener
	void on(IdentityLeaving event) {
		this.users.untie(event.id().value());
	}

}
