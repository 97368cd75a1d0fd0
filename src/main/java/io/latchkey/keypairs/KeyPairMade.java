package io.latchkey.keypairs;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * A key pair was made for an identity, and its private half given to who asked for it.
 */
public record KeyPairMade(String identityName, Fingerprint fingerprint,
		Protection protection) implements AuditableEvent {

	@Override
	public String action() {
		return "key-pair.made";
	}

	@Override
	public String subject() {
		return "identity:" + this.identityName;
	}

	@Override
	public String detail() {
		return this.fingerprint
				+ ((this.protection == Protection.PASSPHRASE) ? " with a passphrase" : " without a passphrase");
	}

	/** Of the private half that was given out. */
	public enum Protection {

		PASSPHRASE, NONE

	}

}
