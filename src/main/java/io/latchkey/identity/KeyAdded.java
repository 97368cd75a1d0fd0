package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A public key was added to an identity. */
public record KeyAdded(IdentityId identity, String identityName, Fingerprint fingerprint,
		String comment) implements AuditableEvent {

	@Override
	public String action() {
		return "key.added";
	}

	@Override
	public String subject() {
		return "identity:" + this.identityName;
	}

	@Override
	public String detail() {
		return (this.fingerprint + " " + this.comment).strip();
	}

}
