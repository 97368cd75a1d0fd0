package io.latchkey.api.identities;

import java.time.Instant;

import io.latchkey.api.body.Volatile;
import io.latchkey.identity.IdentityKey;
import io.latchkey.logins.KeyUse;
import org.jspecify.annotations.Nullable;

record KeyAnswer(String fingerprint, String algorithm, int bits, String publicKey, String comment, Instant addedAt,
		@Nullable Instant expiresAt, @Volatile @Nullable Instant lastUsedAt, @Volatile @Nullable String lastUsedOn) {

	static KeyAnswer of(IdentityKey held) {
		return of(held, null);
	}

	/**
	 * @param last when it last let in; null when that is not known
	 */
	static KeyAnswer of(IdentityKey held, @Nullable KeyUse last) {
		return new KeyAnswer(held.key().fingerprint().value(), held.key().algorithm(), held.key().bits(),
				held.key().render(), held.comment(), held.addedAt(), held.expiresAt(),
				(last != null) ? last.at() : null, (last != null) ? last.node() : null);
	}

}
