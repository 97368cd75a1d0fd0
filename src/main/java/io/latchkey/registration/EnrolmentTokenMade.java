package io.latchkey.registration;

import io.latchkey.core.AuditableEvent;

/** An enrolment token was made. */
public record EnrolmentTokenMade(EnrolmentToken token) implements AuditableEvent {

	@Override
	public String action() {
		return "enrolment-token.made";
	}

	@Override
	public String subject() {
		return "enrolment-token:" + this.token.id();
	}

	@Override
	public String detail() {
		return "%s, as %s, %d uses, until %s, %s".formatted(
				(this.token.purpose() != null) ? this.token.purpose() : "no purpose",
				this.token.joining().managementAccount(), this.token.uses(), this.token.expiresAt(),
				this.token.joining().approval() ? "with approval" : "at once");
	}

}
