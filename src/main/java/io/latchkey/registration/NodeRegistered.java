package io.latchkey.registration;

import io.latchkey.core.AuditableEvent;

/** A node registered itself, by which a use of an enrolment token is gone. */
public record NodeRegistered(Registration registration) implements AuditableEvent {

	@Override
	public String action() {
		return "enrolment-token.used";
	}

	@Override
	public String subject() {
		return "enrolment-token:" + this.registration.tokenId();
	}

	@Override
	public String detail() {
		return "%s at %s port %d, from %s, %s, %s".formatted(this.registration.said().name(),
				this.registration.said().address(), this.registration.said().port(),
				this.registration.said().cameFrom(), this.registration.fingerprints(),
				(this.registration.state() == Registration.State.WAITING) ? "waits for approval" : "at once");
	}

}
