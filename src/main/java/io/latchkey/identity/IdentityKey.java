package io.latchkey.identity;

import java.time.Instant;

import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that belongs to an identity.
 *
 * @param expiresAt when it stops to count, or null when it does not
 */
public record IdentityKey(PublicKey key, String comment, Instant addedAt, @Nullable Instant expiresAt) {

}
