package io.latchkey.passwords;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a node's sshd to do.
 *
 * @param console how somebody gets in without SSH
 * @param seen {@link Readiness#digest()} of what they were shown; where passwords stay,
 * null is not compared
 */
public record PasswordDemand(PasswordChoice choice, Console console, @Nullable String seen) {

	/**
	 * @throws InvalidInputException when passwords are to go and nobody has said that
	 * there is a console
	 */
	void check() {
		if (this.choice.passwords() == PasswordChoice.Passwords.OFF && this.console != Console.CONFIRMED) {
			throw new InvalidInputException(Fault.of("console", "passwords.console"));
		}
	}

	/** Another way in than SSH, as by the machine's console. */
	public enum Console {

		/** Somebody says that there is one. */
		CONFIRMED,

		NOT_CONFIRMED

	}

}
