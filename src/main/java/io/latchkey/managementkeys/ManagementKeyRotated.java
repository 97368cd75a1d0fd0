package io.latchkey.managementkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * Every node has moved to the new management key; the private half of the one before is
 * gone.
 */
public record ManagementKeyRotated(Fingerprint before, Fingerprint after) implements AuditableEvent {

	@Override
	public String action() {
		return "management-key.rotated";
	}

	@Override
	public String subject() {
		return "management-key";
	}

	@Override
	public String detail() {
		return this.before + " to " + this.after;
	}

}
