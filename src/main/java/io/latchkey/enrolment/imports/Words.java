package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The words of a line, parted by blanks; quotes hold blanks together, and {@code #} at
 * the begin of a word ends the line.
 */
final class Words {

	private Words() {
	}

	/**
	 * @return null when a quote is not closed
	 */
	static @Nullable List<String> of(String line) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean inWord = false;
		char quote = 0;
		for (int i = 0; i < line.length(); i++) {
			char next = line.charAt(i);
			if (quote != 0) {
				if (next == quote) {
					quote = 0;
				}
				else {
					word.append(next);
				}
			}
			else if (next == '"' || next == '\'') {
				quote = next;
				inWord = true;
			}
			else if (Character.isWhitespace(next)) {
				if (inWord) {
					words.add(word.toString());
					word.setLength(0);
					inWord = false;
				}
			}
			else if (next == '#' && !inWord) {
				break;
			}
			else {
				word.append(next);
				inWord = true;
			}
		}
		if (inWord) {
			words.add(word.toString());
		}
		return (quote == 0) ? words : null;
	}

}
