package io.latchkey.foreignkeys;

import java.time.Instant;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * A foreign key is to be tolerated until a date.
 */
public record KeyTolerated(Fingerprint fingerprint, Instant until, String reason) implements AuditableEvent {

	@Override
	public String action() {
		return "key.tolerated";
	}

	@Override
	public String subject() {
		return "key:" + this.fingerprint.value();
	}

	@Override
	public String detail() {
		return "until %s: %s".formatted(this.until, this.reason);
	}

}
