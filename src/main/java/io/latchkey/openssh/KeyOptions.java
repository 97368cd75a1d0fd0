package io.latchkey.openssh;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The options field of a line in {@code authorized_keys} (sshd(8), AUTHORIZED_KEYS FILE
 * FORMAT): comma-separated, values in double quotes, a quote inside written as
 * {@code \"}. Immutable; the order is kept.
 */
public final class KeyOptions {

	/** No options. */
	public static final KeyOptions NONE = new KeyOptions();

	private KeyOptions() {
	}

	/**
	 * @throws IllegalArgumentException when quotes are unbalanced or an option has no
	 * name; the message says where
	 */
	public static KeyOptions parse(String text) {
		throw new UnsupportedOperationException();
	}

	/** The options and one more at the end; a value is quoted and escaped. */
	public KeyOptions with(String name, @Nullable String value) {
		throw new UnsupportedOperationException();
	}

	public KeyOptions without(String name) {
		throw new UnsupportedOperationException();
	}

	public boolean isEmpty() {
		throw new UnsupportedOperationException();
	}

	/** The first value of that name, unescaped; empty for a flag or when absent. */
	public Optional<String> value(String name) {
		throw new UnsupportedOperationException();
	}

	/** Whether it is there, as a flag or with a value; names compare without case. */
	public boolean has(String name) {
		throw new UnsupportedOperationException();
	}

	public List<KeyOption> options() {
		throw new UnsupportedOperationException();
	}

	/** The field as it stands in the file; empty when there are none. */
	public String render() {
		throw new UnsupportedOperationException();
	}

	/** One option; a flag has no value. */
	public record KeyOption(String name, @Nullable String value) {

	}

}
