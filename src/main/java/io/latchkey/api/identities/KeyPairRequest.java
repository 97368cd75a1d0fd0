package io.latchkey.api.identities;

import java.time.Duration;
import java.time.Instant;

import io.latchkey.openssh.KeyPairKind;
import org.jspecify.annotations.Nullable;

record KeyPairRequest(@Nullable KeyPairKind kind, @Nullable String comment, @Nullable String passphrase,
		@Nullable Instant expiresAt, @Nullable String replaces, @Nullable Duration overlap) {

	/** Without the passphrase. */
	@Override
	public String toString() {
		return "KeyPairRequest[kind=" + this.kind + ", comment=" + this.comment + ", expiresAt=" + this.expiresAt + "]";
	}

}
