package io.latchkey.security;

import java.time.Instant;

import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

/**
 * A token for the API, without its secret.
 *
 * @param lastUsedAt to the minute; null while it wasn't used
 * @param lastUsedFrom the address of that use, as {@link ClientAddress} has it; null also
 * when it wasn't kept yet
 */
public record ApiToken(String id, String name, Role role, Instant createdAt, @Nullable Instant expiresAt,
		@Nullable Instant lastUsedAt, @Nullable String lastUsedFrom) {

}
