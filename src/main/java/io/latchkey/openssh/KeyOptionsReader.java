package io.latchkey.openssh;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the options field as {@code sshauthopt_parse} of OpenSSH does.
 */
final class KeyOptionsReader {

	/** More than anybody writes. */
	static final int MOST = 1000;

	private final String text;

	private int position;

	KeyOptionsReader(String text) {
		this.text = text;
	}

	/**
	 * The index of the first blank outside of quotes: the end of the options at the start
	 * of a line; -1 when a quote stays open.
	 */
	static int endOfOptions(String line) {
		boolean quoted = false;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (!quoted && (c == ' ' || c == '\t')) {
				return i;
			}
			if (line.startsWith("\\\"", i)) {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
		}
		return quoted ? -1 : line.length();
	}

	List<WrittenOption> read() {
		List<WrittenOption> options = new ArrayList<>();
		while (this.position < this.text.length()) {
			// sshd skips an empty option, as in "restrict,,pty"
			if (this.text.charAt(this.position) != ',') {
				if (options.size() == MOST) {
					throw new IllegalArgumentException("Expected at most %d options".formatted(MOST));
				}
				options.add(readOption());
			}
			this.position++;
		}
		return List.copyOf(options);
	}

	private WrittenOption readOption() {
		int start = this.position;
		String name = readName();
		if (!isAt('=')) {
			return new WrittenOption(new KeyOption(name, null), name);
		}
		this.position++;
		String value = readValue();
		return new WrittenOption(new KeyOption(name, value), this.text.substring(start, this.position));
	}

	private String readName() {
		int start = this.position;
		while (this.position < this.text.length() && !isAt('=') && !isAt(',')) {
			this.position++;
		}
		String name = this.text.substring(start, this.position);
		if (!KeyOption.isName(name)) {
			throw failure("Expected an option's name of letters, digits and hyphens", start);
		}
		return name;
	}

	private String readValue() {
		int start = this.position;
		if (!isAt('"')) {
			throw failure("Expected a value in double quotes", start);
		}
		this.position++;
		StringBuilder value = new StringBuilder();
		while (!isAt('"')) {
			if (this.text.startsWith("\\\"", this.position)) {
				this.position++;
			}
			if (this.position >= this.text.length()) {
				throw failure("Expected an end to the quote that opens", start);
			}
			value.append(this.text.charAt(this.position++));
		}
		this.position++;
		if (this.position < this.text.length() && !isAt(',')) {
			throw failure("Expected a comma or the end", this.position);
		}
		return value.toString();
	}

	private boolean isAt(char c) {
		return this.position < this.text.length() && this.text.charAt(this.position) == c;
	}

	private static IllegalArgumentException failure(String expected, int index) {
		return new IllegalArgumentException(expected + " at character " + (index + 1) + " of the options");
	}

}
