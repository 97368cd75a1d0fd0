package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * From when until when a grant let in.
 *
 * @param revokedAt null when it was not
 */
public record GrantSpan(GrantReach reach, @Nullable Instant revokedAt) {

	/** Whether it let in at any instant from the one to the other. */
	public boolean stoodWithin(Instant from, Instant until) {
		Instant expires = this.reach.expiresAt();
		return !until.isBefore(this.reach.startsAt()) && (expires == null || from.isBefore(expires))
				&& (this.revokedAt == null || from.isBefore(this.revokedAt));
	}

}
