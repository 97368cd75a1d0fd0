package io.latchkey.enrolment;

import java.util.Arrays;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How Latchkey gets in for the first time. Its secrets are used once and never stored.
 *
 * @param secret what it is let in by this once: a password or a private key, or its own
 * key where that is there already
 * @param account with which to log in this once; null for the management account
 * @param acceptHostKey the fingerprint that a person confirmed; null to be shown it, or
 * where host keys are pinned already
 */
public record Enrolment(Secret secret, @Nullable String account, @Nullable Fingerprint acceptHostKey) {

	/** The ways in. */
	public enum Method {

		PASSWORD, KEY_INSTALLED, PRIVATE_KEY

	}

	/** For another node: a login wipes its secret. */
	Enrolment copy() {
		return new Enrolment(copy(this.secret), this.account, this.acceptHostKey);
	}

	private static Secret copy(Secret secret) {
		if (secret instanceof Secret.Password password) {
			return new Secret.Password(password.value().clone());
		}
		if (secret instanceof Secret.PrivateKey privateKey) {
			return new Secret.PrivateKey(privateKey.value().clone(), privateKey.passphrase().clone());
		}
		return secret;
	}

	/** Nothing of the secret is left. */
	void wipe() {
		if (this.secret instanceof Secret.Password password) {
			Arrays.fill(password.value(), '\0');
		}
		if (this.secret instanceof Secret.PrivateKey privateKey) {
			Arrays.fill(privateKey.value(), (byte) 0);
			Arrays.fill(privateKey.passphrase(), (byte) 0);
		}
	}

}
