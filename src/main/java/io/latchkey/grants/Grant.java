package io.latchkey.grants;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Lets a subject log in to a target as an account, in the window
 * {@code [startsAt, expiresAt)}.
 *
 * @param expiresAt null when it has no end
 */
public record Grant(GrantId id, Subject subject, Target target, String account, Instant startsAt,
		@Nullable Instant expiresAt, GrantOptions options, History history, long version) {

	/**
	 * Who gave it and took it back, when, and why it was given.
	 *
	 * @param revokedBy null as long as nobody has
	 */
	public record History(String grantedBy, Instant grantedAt, @Nullable String reason, @Nullable String revokedBy,
			@Nullable Instant revokedAt) {

	}

	public GrantStatus statusAt(Instant now) {
		if (this.history.revokedAt() != null) {
			return GrantStatus.REVOKED;
		}
		if (this.expiresAt != null && !now.isBefore(this.expiresAt)) {
			return GrantStatus.EXPIRED;
		}
		return now.isBefore(this.startsAt) ? GrantStatus.SCHEDULED : GrantStatus.ACTIVE;
	}

	/** Who, where and until when, in a few words for the record. */
	public String summary() {
		return "%s on %s as %s, %s".formatted(this.subject, this.target, this.account,
				(this.expiresAt != null) ? "until " + this.expiresAt : "no end");
	}

	public boolean isActiveAt(Instant now) {
		return statusAt(now) == GrantStatus.ACTIVE;
	}

}
