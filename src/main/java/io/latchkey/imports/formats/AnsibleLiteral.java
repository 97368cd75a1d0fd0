package io.latchkey.imports.formats;

import java.util.regex.Pattern;

/**
 * A value in an inventory of sections. Ansible takes what is a literal of Python for what
 * that means ({@code "a b"}, {@code 22}, {@code None}), a comment behind it included, and
 * everything else for the text that it is, a {@code #} included.
 */
final class AnsibleLiteral {

	/** Those for characters that no host's variable has. */
	private static final String OTHER_ESCAPES = "xuUN01234567abfrv";

	private static final int LONGEST_NUMBER = 18;

	private static final Pattern OTHER_NUMBER = Pattern
		.compile("0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[1-9][0-9_]*|[0-9_]+\\.[0-9_]*|[0-9]+[eE][0-9]+");

	private final String text;

	private final StringBuilder value = new StringBuilder();

	private int at;

	private boolean odd;

	private AnsibleLiteral(String text) {
		this.text = text;
	}

	static AnsibleValue parse(String text) {
		AnsibleLiteral literal = new AnsibleLiteral(text);
		if (literal.isText()) {
			return literal.odd ? AnsibleValue.odd(text) : AnsibleValue.of(literal.value.toString());
		}
		int comment = text.indexOf('#');
		String before = ((comment < 0) ? text : text.substring(0, comment)).strip();
		if (before.equals("None")) {
			return AnsibleValue.NONE;
		}
		if (before.equals("True") || before.equals("False")) {
			return AnsibleValue.odd(before);
		}
		if (isDecimal(before)) {
			return AnsibleValue.of(before);
		}
		return (before.length() <= LONGEST_NUMBER && OTHER_NUMBER.matcher(before).matches()) ? AnsibleValue.odd(before)
				: AnsibleValue.of(text);
	}

	/** A whole number as people write it. */
	static boolean isDecimal(String text) {
		return text.equals("0") || (!text.isEmpty() && text.length() <= LONGEST_NUMBER && text.charAt(0) != '0'
				&& text.chars().allMatch((next) -> next >= '0' && next <= '9'));
	}

	/** Texts in quotes, several in a row being one, and a comment perhaps. */
	private boolean isText() {
		skipBlanks();
		if (!isQuote()) {
			return false;
		}
		while (isQuote()) {
			if (!takeQuoted()) {
				return false;
			}
			skipBlanks();
		}
		return this.at == this.text.length() || this.text.charAt(this.at) == '#';
	}

	private void skipBlanks() {
		while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
			this.at++;
		}
	}

	private boolean isQuote() {
		return this.at < this.text.length() && (this.text.charAt(this.at) == '"' || this.text.charAt(this.at) == '\'');
	}

	private boolean takeQuoted() {
		char quote = this.text.charAt(this.at++);
		for (; this.at < this.text.length(); this.at++) {
			char next = this.text.charAt(this.at);
			if (next == quote) {
				this.at++;
				return true;
			}
			if (next == '\\' && this.at + 1 < this.text.length()) {
				next = this.text.charAt(++this.at);
				switch (next) {
					case 'n' -> this.value.append('\n');
					case 't' -> this.value.append('\t');
					case '\\', '\'', '"' -> this.value.append(next);
					default -> {
						this.odd |= OTHER_ESCAPES.indexOf(next) >= 0;
						this.value.append('\\').append(next);
					}
				}
			}
			else {
				this.value.append(next);
			}
		}
		return false;
	}

}
