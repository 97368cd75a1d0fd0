package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which grants to list; null means all.
 *
 * @param endsBefore only those with an end before it
 */
public record GrantQuery(@Nullable Subject subject, @Nullable Target target, @Nullable GrantStatus status,
		@Nullable String account, @Nullable Instant endsBefore) {

	/** All grants. */
	public static final GrantQuery ALL = new GrantQuery(null, null, null, null, null);

}
