package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Text parted into words as a POSIX shell does it before it expands anything, which is
 * how Ansible reads a line of hosts and the arguments for {@code ssh}.
 */
final class ShellWords {

	private final String text;

	private final boolean comments;

	private int at;

	private ShellWords(String text, boolean comments) {
		this.text = text;
		this.comments = comments;
	}

	/**
	 * @return null when a quote is not closed, or nothing follows a backslash
	 */
	static @Nullable List<String> of(String text) {
		return new ShellWords(text, false).words();
	}

	/** The same; a {@code #} that is not quoted ends the line, within a word too. */
	static @Nullable List<String> beforeComment(String text) {
		return new ShellWords(text, true).words();
	}

	private @Nullable List<String> words() {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean inWord = false;
		for (; this.at < this.text.length(); this.at++) {
			char next = this.text.charAt(this.at);
			if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
				if (inWord) {
					words.add(word.toString());
					word.setLength(0);
					inWord = false;
				}
				continue;
			}
			if (next == '#' && this.comments) {
				break;
			}
			inWord = true;
			if (!take(next, word)) {
				return null;
			}
		}
		if (inWord) {
			words.add(word.toString());
		}
		return words;
	}

	/** Whether what begins here also ends. */
	private boolean take(char next, StringBuilder word) {
		if (next == '"' || next == '\'') {
			return quoted(next, word);
		}
		if (next != '\\') {
			word.append(next);
			return true;
		}
		if (++this.at == this.text.length()) {
			return false;
		}
		word.append(this.text.charAt(this.at));
		return true;
	}

	private boolean quoted(char quote, StringBuilder word) {
		for (this.at++; this.at < this.text.length(); this.at++) {
			char next = this.text.charAt(this.at);
			if (next == quote) {
				return true;
			}
			if (next == '\\' && quote == '"' && this.at + 1 < this.text.length()
					&& (this.text.charAt(this.at + 1) == '"' || this.text.charAt(this.at + 1) == '\\')) {
				next = this.text.charAt(++this.at);
			}
			word.append(next);
		}
		return false;
	}

}
