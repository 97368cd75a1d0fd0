package io.latchkey.api.identities;

import java.time.Instant;

import io.latchkey.identity.IdentityKey;
import org.jspecify.annotations.Nullable;

record KeyAnswer(String fingerprint, String algorithm, int bits, String publicKey, String comment, Instant addedAt,
		@Nullable Instant expiresAt) {

	static KeyAnswer of(IdentityKey held) {
		return new KeyAnswer(held.key().fingerprint().value(), held.key().algorithm(), held.key().bits(),
				held.key().render(), held.comment(), held.addedAt(), held.expiresAt());
	}

}
