package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What several of the answers have in common that the script may give, as its header has
 * them. Nothing else is taken.
 */
public final class Grammar {

	public static final Pattern FAILED = Pattern.compile("failed ([a-z-]{1,30}) ([^\\p{Cntrl}]{1,400})");

	public static final String HASH = "[0-9a-f]{64}";

	/** It is another file than the one expected. */
	public static final Pattern CHANGED = Pattern.compile("changed (" + HASH + "|-)");

	private Grammar() {
	}

	/** The one group of a line that has to be of that form. */
	public static String only(Pattern form, String line, String expected) {
		Matcher matcher = form.matcher(line);
		if (matcher.matches()) {
			return matcher.group(1);
		}
		throw new GrammarViolation(expected, line);
	}

	public static @Nullable String unlessNone(String field) {
		return "-".equals(field) ? null : field;
	}

	/**
	 * One of those that were asked for, by its place in the request.
	 * @param count how many those were
	 */
	public static int index(String text, int count, String line) {
		int index = Integer.parseInt(text);
		if (index < count) {
			return index;
		}
		throw new GrammarViolation("one of those that were asked for was expected", line);
	}

	/**
	 * Reads the lines that name accounts.
	 * @param form of such a line
	 * @param most that were asked for
	 * @return the first line that is of another form
	 */
	public static String namesBefore(Pattern form, int most, Consumer<String> names, Reply reply) throws IOException {
		String line = reply.line();
		for (int count = 0; form.matcher(line).matches(); count++) {
			if (count == most) {
				throw new GrammarViolation("no more than %d accounts were expected".formatted(most));
			}
			String name = only(form, line, "an account was expected");
			if (!NodeScript.isAccount(name)) {
				throw new GrammarViolation("an account was expected", line);
			}
			names.accept(name);
			line = reply.line();
		}
		return line;
	}

}
