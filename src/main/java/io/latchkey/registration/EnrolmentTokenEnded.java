package io.latchkey.registration;

import io.latchkey.core.AuditableEvent;

/** An enrolment token was ended before its time. */
public record EnrolmentTokenEnded(EnrolmentToken token) implements AuditableEvent {

	@Override
	public String action() {
		return "enrolment-token.ended";
	}

	@Override
	public String subject() {
		return "enrolment-token:" + this.token.id();
	}

	@Override
	public String detail() {
		return "%d of %d uses were used".formatted(this.token.used(), this.token.uses());
	}

}
