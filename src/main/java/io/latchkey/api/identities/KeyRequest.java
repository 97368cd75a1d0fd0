package io.latchkey.api.identities;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

record KeyRequest(@Nullable String publicKey, @Nullable String comment, @Nullable Instant expiresAt,
		@Nullable String replaces, @Nullable Duration overlap) {

	/** Pasted text may be a private key, which no log may hold. */
	@Override
	public String toString() {
		return "KeyRequest[comment=" + this.comment + ", expiresAt=" + this.expiresAt + "]";
	}

}
