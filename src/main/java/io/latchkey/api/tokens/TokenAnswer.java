package io.latchkey.api.tokens;

import java.time.Instant;

import io.latchkey.api.answer.SecretText;
import io.latchkey.api.answer.ShownOnce;
import io.latchkey.security.ApiToken;
import io.latchkey.security.IssuedToken;
import io.latchkey.users.Role;
import org.jspecify.annotations.Nullable;

/**
 * A token.
 *
 * @param lastUsedAt to the minute
 * @param lastUsedFrom the address of that use, of IPv6 the /64 network
 * @param token its text, in the answer to its making and never again
 */
record TokenAnswer(String id, String name, Role role, Instant createdAt, @Nullable Instant expiresAt,
		@Nullable Instant lastUsedAt, @Nullable String lastUsedFrom, @Nullable SecretText token) implements ShownOnce {

	static TokenAnswer of(ApiToken kept) {
		return of(kept, null);
	}

	static TokenAnswer of(IssuedToken issued) {
		return of(issued.token(), new SecretText(issued.text()));
	}

	private static TokenAnswer of(ApiToken kept, @Nullable SecretText text) {
		return new TokenAnswer(kept.id(), kept.name(), kept.role(), kept.createdAt(), kept.expiresAt(),
				kept.lastUsedAt(), kept.lastUsedFrom(), text);
	}

	/** Without the secret. */
	@Override
	public String toString() {
		return "TokenAnswer[" + this.id + "]";
	}

}
