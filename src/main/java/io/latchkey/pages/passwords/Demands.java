package io.latchkey.pages.passwords;

import io.latchkey.pages.Input;
import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordDemand;
import org.jspecify.annotations.Nullable;

/** Reads what the form asks for. */
final class Demands {

	private Demands() {
	}

	static PasswordDemand of(Input input, @Nullable String seen) {
		return new PasswordDemand(
				new PasswordChoice(input.choice("passwords", PasswordChoice.Passwords.class),
						input.choice("rootLogin", PasswordChoice.RootLogin.class)),
				input.isTicked("console") ? PasswordDemand.Console.CONFIRMED : PasswordDemand.Console.NOT_CONFIRMED,
				seen);
	}

}
