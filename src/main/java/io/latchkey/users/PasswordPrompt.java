package io.latchkey.users;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a new password.
 */
@FunctionalInterface
interface PasswordPrompt {

	/** The password, or null when there is none, or two that differ. */
	@Nullable String ask(String user);

}
