package io.latchkey.openssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A line of a client's configuration (ssh_config(5)): {@code keyword value…} or
 * {@code keyword=value…}.
 *
 * @param keyword in lower case
 * @param rest what stands behind it, with its quotes
 */
public record SshConfigLine(String keyword, String rest) {

	/** Nothing of an empty line or a comment. */
	public static Optional<SshConfigLine> parse(String line) {
		String text = line.strip();
		if (text.isEmpty() || text.startsWith("#")) {
			return Optional.empty();
		}
		boolean quoted = text.startsWith("\"");
		int begin = quoted ? 1 : 0;
		int end = begin;
		while (end < text.length() && (quoted ? text.charAt(end) != '"' : !endsKeyword(text.charAt(end)))) {
			end++;
		}
		int rest = skipBlanks(text, quoted ? Math.min(end + 1, text.length()) : end);
		if (rest < text.length() && text.charAt(rest) == '=') {
			rest = skipBlanks(text, rest + 1);
		}
		return Optional
			.of(new SshConfigLine(text.substring(begin, end).toLowerCase(Locale.ROOT), text.substring(rest)));
	}

	private static boolean endsKeyword(char next) {
		return isBlank(next) || next == '=' || next == '"';
	}

	private static boolean isBlank(char next) {
		return next == ' ' || next == '\t' || next == '\r';
	}

	private static int skipBlanks(String text, int from) {
		int at = from;
		while (at < text.length() && isBlank(text.charAt(at))) {
			at++;
		}
		return at;
	}

	/**
	 * The words behind the keyword: blanks part them unless in quotes or behind a
	 * backslash, and a {@code #} at the begin of one ends the line.
	 * @return null when a quote is not closed
	 */
	public @Nullable List<String> words() {
		List<String> words = new ArrayList<>();
		int at = 0;
		while (true) {
			at = skipBlanks(this.rest, at);
			if (at == this.rest.length() || this.rest.charAt(at) == '#') {
				return words;
			}
			StringBuilder word = new StringBuilder();
			at = word(at, word);
			if (at < 0) {
				return null;
			}
			words.add(word.toString());
		}
	}

	/** Where the word ends; -1 when a quote does not. */
	private int word(int from, StringBuilder word) {
		char quote = 0;
		int at = from;
		for (; at < this.rest.length(); at++) {
			char next = this.rest.charAt(at);
			if (next == '\\' && at + 1 < this.rest.length() && isEscaped(this.rest.charAt(at + 1), quote)) {
				word.append(this.rest.charAt(++at));
			}
			else if (quote == 0 && isBlank(next)) {
				return at;
			}
			else if (quote == 0 && (next == '"' || next == '\'')) {
				quote = next;
			}
			else if (quote != 0 && next == quote) {
				quote = 0;
			}
			else {
				word.append(next);
			}
		}
		return (quote == 0) ? at : -1;
	}

	private static boolean isEscaped(char next, char quote) {
		return next == '\'' || next == '"' || next == '\\' || (quote == 0 && next == ' ');
	}

}
