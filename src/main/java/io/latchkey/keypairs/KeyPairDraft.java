package io.latchkey.keypairs;

import java.time.Instant;

import io.latchkey.identity.KeyReplacement;
import io.latchkey.openssh.KeyPairKind;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param comment null for the identity's name
 * @param passphrase by which the private half is encrypted, or null for none
 * @param expiresAt when the key stops to count, or null when it does not
 * @param replacement of which other key it takes the place, or null
 */
public record KeyPairDraft(KeyPairKind kind, @Nullable String comment, @Nullable String passphrase,
		@Nullable Instant expiresAt, @Nullable KeyReplacement replacement) {

	/** Without the passphrase. */
	@Override
	public String toString() {
		return "KeyPairDraft[kind=" + this.kind + ", comment=" + this.comment + ", expiresAt=" + this.expiresAt + "]";
	}

}
