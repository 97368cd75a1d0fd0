package io.latchkey.identity;

import java.time.Instant;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/** A public key of an identity counts until another instant than before. */
public record KeyEndChanged(IdentityId identity, String identityName, Fingerprint fingerprint, Instant expiresAt,
		Fingerprint replacedBy) implements AuditableEvent {

	@Override
	public String action() {
		return "key.end-changed";
	}

	@Override
	public String subject() {
		return "identity:" + this.identityName;
	}

	@Override
	public String detail() {
		return this.fingerprint + " counts until " + this.expiresAt + ", replaced by " + this.replacedBy;
	}

}
