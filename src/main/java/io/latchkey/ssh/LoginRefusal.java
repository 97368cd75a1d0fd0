package io.latchkey.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a refused login: refused, half done, or not even tried. JSch ends each of them
 * with the same words, and the methods that could go on ({@code partial success}, RFC
 * 4252, section 5.1).
 *
 * @param byPassword whether a password was to let the account in, and not a key
 * @param tried whether anything was offered to the node
 */
record LoginRefusal(String account, boolean byPassword, boolean tried) {

	/**
	 * A method that there is not. JSch names it as long as no node has named its own,
	 * which it does to those alone that it let in half way.
	 */
	static final String NO_METHOD = "nothing-else";

	private static final Pattern METHODS = Pattern.compile("for methods '([^']*)'");

	private static final List<String> BY_PASSWORD = List.of("password", "keyboard-interactive");

	/** What the refusal amounts to. */
	enum Kind {

		REFUSED, MORE_ASKED, NOT_TAKEN

	}

	/** Those that could go on, separated by commas; empty where none is named. */
	String methodsIn(String said) {
		Matcher matcher = METHODS.matcher(said);
		return matcher.find() ? matcher.group(1) : "";
	}

	Kind kindOf(String methods) {
		List<String> names = Arrays.asList(methods.split(","));
		if (methods.isEmpty() || names.contains(NO_METHOD)) {
			return Kind.REFUSED;
		}
		if (!this.byPassword) {
			return Kind.MORE_ASKED;
		}
		if (names.stream().anyMatch(BY_PASSWORD::contains)) {
			return Kind.REFUSED;
		}
		return this.tried ? Kind.MORE_ASKED : Kind.NOT_TAKEN;
	}

	/** Without the method that there is not. */
	String plain(String said) {
		return said.replace("," + NO_METHOD, "");
	}

}
