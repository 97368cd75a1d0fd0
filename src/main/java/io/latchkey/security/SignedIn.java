package io.latchkey.security;

import io.latchkey.core.Actor;
import io.latchkey.core.AuditableEvent;

/**
 * Somebody signed in.
 *
 * @param address as {@link ClientAddress} has it
 */
record SignedIn(String username, String address) implements AuditableEvent {

	@Override
	public Actor actor() {
		return new Actor(this.username, Actor.Via.WEB);
	}

	@Override
	public String action() {
		return "user.signed-in";
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	@Override
	public String detail() {
		return "from " + this.address;
	}

}
