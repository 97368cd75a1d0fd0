package io.latchkey.registration;

import java.util.Locale;

import io.latchkey.core.AuditableEvent;

/** A registration that waited was approved or refused. */
public record RegistrationDecided(Registration registration) implements AuditableEvent {

	@Override
	public String action() {
		return "registration." + this.registration.state().name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String subject() {
		return "registration:" + this.registration.id();
	}

	@Override
	public String detail() {
		return "%s at %s port %d, from %s, %s".formatted(this.registration.said().name(),
				this.registration.said().address(), this.registration.said().port(),
				this.registration.said().cameFrom(), this.registration.fingerprints());
	}

}
