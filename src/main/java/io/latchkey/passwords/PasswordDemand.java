package io.latchkey.passwords;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a node's sshd to do.
 *
 * @param console how somebody gets in without SSH
 * @param seen {@link Readiness#digest()} of what they were shown; not asked for where
 * passwords stay
 */
public record PasswordDemand(PasswordChoice choice, Console console, @Nullable String seen) {

	/** Another way in than SSH, as by the machine's console. */
	public enum Console {

		/** Somebody says that there is one. */
		CONFIRMED,

		NOT_CONFIRMED

	}

}
