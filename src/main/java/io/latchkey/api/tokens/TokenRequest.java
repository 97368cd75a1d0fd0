package io.latchkey.api.tokens;

import java.time.Instant;

import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

record TokenRequest(@Nullable String name, @Nullable Role role, @Nullable Instant expiresAt) {

}
