package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * From when until when a grant let in.
 *
 * @param revokedAt null when it was not
 */
public record GrantSpan(GrantReach reach, @Nullable Instant revokedAt) {

	/** Whether it let in at that instant. */
	public boolean stoodAt(Instant at) {
		Instant expires = this.reach.expiresAt();
		return !at.isBefore(this.reach.startsAt()) && (expires == null || at.isBefore(expires))
				&& (this.revokedAt == null || at.isBefore(this.revokedAt));
	}

}
