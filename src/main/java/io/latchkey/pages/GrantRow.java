package io.latchkey.pages;

import java.time.Instant;

import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import org.jspecify.annotations.Nullable;

/**
 * A grant in a list.
 *
 * @param open whether it has not ended yet
 * @param nodes how many nodes it reaches or reached
 */
public record GrantRow(String id, Subject subject, Target target, String account, Instant startsAt,
		@Nullable Instant expiresAt, @Nullable String reason, GrantStatus status, boolean open, int nodes,
		Progress progress) {
}
