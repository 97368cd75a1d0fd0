package io.latchkey.api.passwords;

import java.time.Instant;

import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordLogin;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a node's logins by password, and what was seen last.
 */
record PasswordLoginAnswer(String node, String passwords, String rootLogin, @Nullable Instant decidedAt, String state,
		@Nullable String detail, boolean drifted, @Nullable Instant seenAt) {

	static PasswordLoginAnswer of(String node, PasswordLogin login) {
		return new PasswordLoginAnswer(node, login.choice().passwords().name(), login.choice().rootLogin().name(),
				login.decidedAt(), login.state().name(), login.drift(), login.drifted(), login.seenAt());
	}

	/** Nobody has looked yet. */
	static PasswordLoginAnswer unseen(String node) {
		return new PasswordLoginAnswer(node, PasswordChoice.NOTHING.passwords().name(),
				PasswordChoice.NOTHING.rootLogin().name(), null, "UNKNOWN", null, false, null);
	}

}
