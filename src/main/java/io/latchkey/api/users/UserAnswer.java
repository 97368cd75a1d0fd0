package io.latchkey.api.users;

import java.net.URI;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.SecretText;
import io.latchkey.api.answer.ShownOnce;
import io.latchkey.api.answer.Versioned;
import io.latchkey.users.Invitation;
import io.latchkey.users.Role;
import io.latchkey.users.User;
import io.latchkey.users.UserStatus;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param invitationEndsAt until when a link lets choose a password
 * @param invitation that link, in the answer to its making and never again
 */
record UserAnswer(String username, Role role, @Nullable String identity, @Nullable String displayName,
		@Nullable String email, UserStatus status, Instant createdAt, @Nullable Instant lastSignedInAt,
		@Nullable Instant invitationEndsAt, @Nullable SecretText invitation,
		@JsonIgnore long version) implements Versioned, ShownOnce {

	static UserAnswer of(User user) {
		return of(user, null);
	}

	static UserAnswer of(Invitation made, URI base) {
		return of(made.user(), new SecretText(base + "/invitation/" + made.text()));
	}

	private static UserAnswer of(User user, @Nullable SecretText invitation) {
		return new UserAnswer(user.username(), user.role(), user.identity(), user.displayName(), user.email(),
				user.status(), user.createdAt(), user.lastSignedInAt(), user.invitationEndsAt(), invitation,
				user.version());
	}

}
