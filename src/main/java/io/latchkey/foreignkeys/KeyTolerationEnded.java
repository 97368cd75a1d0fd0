package io.latchkey.foreignkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A foreign key is tolerated no more, before its date. */
public record KeyTolerationEnded(Fingerprint fingerprint) implements AuditableEvent {

	@Override
	public String action() {
		return "key.toleration-ended";
	}

	@Override
	public String subject() {
		return "key:" + this.fingerprint.value();
	}

	@Override
	public String detail() {
		return "";
	}

}
