package io.latchkey.grants;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A grant as it is asked for; not yet checked. With neither {@code duration} nor
 * {@code expiresAt} it has no end.
 *
 * @param startsAt null for at once
 * @param accountMayBeMissing whether it is issued also where the account is known not to
 * be there
 */
public record GrantDraft(Subject subject, Target target, String account, @Nullable Instant startsAt,
		@Nullable Duration duration, @Nullable Instant expiresAt, @Nullable String reason, GrantOptions options,
		boolean accountMayBeMissing) {

	/** With an account that has to be there. */
	public GrantDraft(Subject subject, Target target, String account, @Nullable Instant startsAt,
			@Nullable Duration duration, @Nullable Instant expiresAt, @Nullable String reason, GrantOptions options) {
		this(subject, target, account, startsAt, duration, expiresAt, reason, options, false);
	}

}
