package io.latchkey.foreignkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A foreign key may stand where it still stands. */
public record ForeignKeyWantedAgain(Fingerprint fingerprint, int places) implements AuditableEvent {

	@Override
	public String action() {
		return "key.removal-called-off";
	}

	@Override
	public String subject() {
		return "key:" + this.fingerprint.value();
	}

	@Override
	public String detail() {
		return "on %d accounts".formatted(this.places);
	}

}
