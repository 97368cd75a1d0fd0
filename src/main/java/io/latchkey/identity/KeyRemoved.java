package io.latchkey.identity;

import io.latchkey.openssh.Fingerprint;

/** A public key was taken from an identity. */
public record KeyRemoved(IdentityId identity, String identityName, Fingerprint fingerprint,
		String comment) implements KeyEvent {

	@Override
	public String action() {
		return "key.removed";
	}

}
