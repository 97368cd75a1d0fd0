package io.latchkey.imports.formats;

/**
 * A port as lists have it, in decimal digits.
 */
final class PortText {

	private static final int MOST_DIGITS = 5;

	private static final int HIGHEST = 65_535;

	private PortText() {
	}

	/** Whether it is a number, which may be too high. */
	static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() <= MOST_DIGITS
				&& text.chars().allMatch((next) -> next >= '0' && next <= '9');
	}

	/** Whether there can be such a port. */
	static boolean isPort(String text) {
		return isNumber(text) && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= HIGHEST;
	}

}
