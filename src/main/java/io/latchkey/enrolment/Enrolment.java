package io.latchkey.enrolment;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * How Latchkey gets in for the first time. Its secrets are used once and never stored.
 *
 * @param account with which to log in this once; null for the management account
 * @param acceptHostKey the fingerprint that a person confirmed, or null to be shown it
 */
public record Enrolment(Method method, char @Nullable [] password, @Nullable String account,
		@Nullable Fingerprint acceptHostKey) {

	/** The ways in. */
	public enum Method {

		PASSWORD, KEY_INSTALLED

	}

	@Override
	public String toString() {
		return "Enrolment[method=" + this.method + ", account=" + this.account + "]";
	}

}
