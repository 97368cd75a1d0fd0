package io.latchkey.security;

import io.latchkey.users.Users;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Notes with each user when they signed in last.
 */
@Component
class LastSignIns {

	private final Users users;

	LastSignIns(Users users) {
		this.users = users;
	}

	@EventListener
	void note(SignedIn signedIn) {
		this.users.signedIn(signedIn.username());
	}

}
