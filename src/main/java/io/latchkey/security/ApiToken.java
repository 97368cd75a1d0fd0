package io.latchkey.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A token for the API, without its secret.
 */
public record ApiToken(String id, String name, Role role, Instant createdAt, @Nullable Instant expiresAt,
		@Nullable Instant lastUsedAt) {

}
