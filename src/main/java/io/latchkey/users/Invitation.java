package io.latchkey.users;

import java.time.Instant;

/**
 * The way to a first password, or to another one: whoever has its text chooses it, once,
 * until it ends. Shown to whom made it, and kept nowhere.
 */
public record Invitation(User user, String text, Instant endsAt) {

	@Override
	public String toString() {
		return "Invitation[" + this.user.username() + "]";
	}

}
