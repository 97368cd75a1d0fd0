package io.latchkey.identity;

import io.latchkey.openssh.Fingerprint;

/** A public key was added to an identity. */
public record KeyAdded(IdentityId identity, String identityName, Fingerprint fingerprint,
		String comment) implements KeyEvent {

	@Override
	public String action() {
		return "key.added";
	}

}
