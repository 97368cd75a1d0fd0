package io.latchkey.pages.account;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.pages.Input;

/**
 * A password that was typed twice.
 */
record NewPassword(String text) {

	/**
	 * @throws InvalidInputException when the two differ
	 */
	static NewPassword read(Input input) {
		String text = input.raw("password");
		if (!text.equals(input.raw("passwordAgain"))) {
			throw new InvalidInputException(Fault.of("passwordAgain", "password.again"));
		}
		return new NewPassword(text);
	}

	@Override
	public String toString() {
		return "NewPassword[…]";
	}

}
