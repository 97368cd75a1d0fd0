package io.latchkey.foreignkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A foreign key that was to go was seen gone. */
public record ForeignKeyGone(Fingerprint fingerprint, String node, String account) implements AuditableEvent {

	@Override
	public String action() {
		return "key.gone";
	}

	@Override
	public String subject() {
		return "key:" + this.fingerprint.value();
	}

	@Override
	public String detail() {
		return "from %s %s".formatted(this.node, this.account);
	}

}
