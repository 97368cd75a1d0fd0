package io.latchkey.managementkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** Latchkey made its own key pair. */
public record ManagementKeyGenerated(Fingerprint fingerprint) implements AuditableEvent {

	@Override
	public String action() {
		return "management-key.generated";
	}

	@Override
	public String subject() {
		return "management-key";
	}

	@Override
	public String detail() {
		return this.fingerprint.toString();
	}

}
