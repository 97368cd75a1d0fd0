package io.latchkey.managementkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** The nodes begin to move to a new management key. */
public record ManagementKeyRotationStarted(Fingerprint before, Fingerprint after) implements AuditableEvent {

	@Override
	public String action() {
		return "management-key.rotation-started";
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
