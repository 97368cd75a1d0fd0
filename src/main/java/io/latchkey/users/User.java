package io.latchkey.users;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * @param identity the name of the identity that the user is tied to
 * @param invitationEndsAt until when a link lets choose a password; null when there is
 * none
 * @param version counts the changes, for If-Match; each ends the user's sessions
 */
public record User(long id, String username, Role role, @Nullable String identity, @Nullable String displayName,
		@Nullable String email, UserStatus status, Instant createdAt, @Nullable Instant lastSignedInAt,
		@Nullable Instant invitationEndsAt, long version) {

	/** Whether the role counts: they may sign in. */
	boolean isAdmin() {
		return this.role == Role.ADMIN && this.status == UserStatus.ACTIVE;
	}

}
