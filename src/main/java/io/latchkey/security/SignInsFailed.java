package io.latchkey.security;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.latchkey.core.AuditableEvent;

/**
 * So many sign-ins failed besides those that have a record each, or were refused unlooked
 * at.
 *
 * @param last the last of them
 */
record SignInsFailed(long count, Instant since, SignInFailed last) implements AuditableEvent {

	SignInsFailed plus(SignInsFailed later) {
		return new SignInsFailed(this.count + later.count, this.since, later.last);
	}

	@Override
	public String action() {
		return "user.sign-ins-failed";
	}

	@Override
	public String subject() {
		return "users";
	}

	@Override
	public String detail() {
		return "%d more since %s, the last as '%s' from %s".formatted(this.count,
				this.since.truncatedTo(ChronoUnit.SECONDS), this.last.username(), this.last.address());
	}

}
