package io.latchkey.core;

import java.util.regex.Pattern;

/**
 * A text as one word for a POSIX shell (Shell Command Language, 2.2 Quoting).
 */
public final class ShellWord {

	private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

	private ShellWord() {
	}

	/**
	 * The text itself where a shell takes it as it stands, and in single quotes
	 * otherwise.
	 */
	public static String quoted(String text) {
		return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
	}

}
