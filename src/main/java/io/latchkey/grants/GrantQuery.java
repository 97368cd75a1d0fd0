package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which grants to list; null means all.
 *
 * @param endsBefore only those with an end before it
 * @param text a part of the subject's or the target's name, the account or the reason
 */
public record GrantQuery(@Nullable Subject subject, @Nullable Target target, @Nullable GrantStatus status,
		@Nullable String account, @Nullable Instant endsBefore, @Nullable String text) {

	/** All grants. */
	public static final GrantQuery ALL = new GrantQuery(null, null, null, null, null);

	public GrantQuery(@Nullable Subject subject, @Nullable Target target, @Nullable GrantStatus status,
			@Nullable String account, @Nullable Instant endsBefore) {
		this(subject, target, status, account, endsBefore, null);
	}

}
