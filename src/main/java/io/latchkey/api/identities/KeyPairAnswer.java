package io.latchkey.api.identities;

import java.nio.charset.StandardCharsets;

import io.latchkey.keypairs.MadeKeyPair;

/**
 * A key pair that was made.
 *
 * @param openSsh the private half in OpenSSH's format, in this answer and never again
 * @param putty the private half as PuTTY's .ppk, in this answer and never again
 */
record KeyPairAnswer(KeyAnswer key, String openSsh, String putty) {

	static KeyPairAnswer of(MadeKeyPair made) {
		return new KeyPairAnswer(KeyAnswer.of(made.key()), new String(made.openSsh(), StandardCharsets.US_ASCII),
				new String(made.putty(), StandardCharsets.UTF_8));
	}

	/** Without the private half. */
	@Override
	public String toString() {
		return "KeyPairAnswer[" + this.key.fingerprint() + "]";
	}

}
