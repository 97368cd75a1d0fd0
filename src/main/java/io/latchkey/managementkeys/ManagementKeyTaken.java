package io.latchkey.managementkeys;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A key that an SSH agent holds is Latchkey's own from now on. */
public record ManagementKeyTaken(Fingerprint fingerprint) implements AuditableEvent {

	@Override
	public String action() {
		return "management-key.taken-from-agent";
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
