package io.latchkey.grants;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A grant as it is asked for; not yet checked. With neither {@code duration} nor
 * {@code expiresAt} it has no end.
 *
 * @param startsAt null for at once
 */
public record GrantDraft(Subject subject, Target target, String account, @Nullable Instant startsAt,
		@Nullable Duration duration, @Nullable Instant expiresAt, @Nullable String reason, GrantOptions options) {

}
