package io.latchkey.api.identities;

import io.latchkey.api.answer.SecretText;
import io.latchkey.api.answer.ShownOnce;
import io.latchkey.keypairs.MadeKeyPair;

/**
 * A key pair that was made.
 *
 * @param openSsh the private half in OpenSSH's format, in this answer and never again
 * @param putty the private half as PuTTY's .ppk, in this answer and never again
 */
record KeyPairAnswer(KeyAnswer key, SecretText openSsh, SecretText putty) implements ShownOnce {

	static KeyPairAnswer of(MadeKeyPair made) {
		return new KeyPairAnswer(KeyAnswer.of(made.key()), SecretText.of(made.openSsh()), SecretText.of(made.putty()));
	}

	/** Without the private half. */
	@Override
	public String toString() {
		return "KeyPairAnswer[" + this.key.fingerprint() + "]";
	}

}
