package io.latchkey.security;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.latchkey.core.AuditableEvent;

/**
 * A session of somebody who had signed in ended.
 *
 * @param address from which it began, as {@link ClientAddress} has it
 */
record SessionEnded(String username, String address, Instant since, Cause cause) implements AuditableEvent {

	@Override
	public String action() {
		return (this.cause == Cause.SIGNED_OUT) ? "user.signed-out" : "user.session-ended";
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	@Override
	public String detail() {
		return "%s; begun from %s at %s".formatted(this.cause.words, this.address,
				this.since.truncatedTo(ChronoUnit.SECONDS));
	}

	/** Why it ended. */
	enum Cause {

		SIGNED_OUT("signed out"), UNUSED("not used for too long"), TOO_OLD("longest time over"),
		SIGNED_IN_AGAIN("signed in again"), MADE_ROOM("made room for another session"),
		PASSWORD_SET("the user or the password was changed"), ENDED_BY_OWNER("ended by its user"),
		ENDED_BY_ADMIN("ended by an administrator");

		private final String words;

		Cause(String words) {
			this.words = words;
		}

	}

}
