package io.latchkey.openssh;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The options field of a line in {@code authorized_keys} (sshd(8), AUTHORIZED_KEYS FILE
 * FORMAT): comma-separated, values in double quotes, a quote inside written as
 * {@code \"}. Immutable; the order is kept. Which options there are depends on the sshd,
 * so any well-formed name is taken.
 *
 * <pre>
 * field  = [ option ] *( "," [ option ] )
 * option = name [ "=" DQUOTE value DQUOTE ]
 * </pre>
 */
public final class KeyOptions {

	/** No options. */
	public static final KeyOptions NONE = new KeyOptions("");

	private final String text;

	private KeyOptions(String text) {
		this.text = text;
	}

	/**
	 * @throws IllegalArgumentException when quotes are unbalanced or an option has no
	 * name, the message says where; or when there are more than
	 * {@value KeyOptionsReader#MOST}
	 */
	public static KeyOptions parse(String text) {
		new KeyOptionsReader(text).read();
		return text.isEmpty() ? NONE : new KeyOptions(text);
	}

	/**
	 * The options and one more at the end; a value is quoted and escaped.
	 * @throws IllegalArgumentException when the name is malformed, or the value is not
	 * {@link #isWritable}
	 */
	public KeyOptions with(String name, @Nullable String value) {
		checkName(name);
		WrittenOption added = written(new KeyOption(name, value));
		return of(Stream.concat(elements().stream(), Stream.of(added)).toList());
	}

	private static WrittenOption written(KeyOption option) {
		String value = option.value();
		if (value == null) {
			return new WrittenOption(option, option.name());
		}
		if (!isWritable(value)) {
			throw new IllegalArgumentException("The value of " + option.name()
					+ (endsInBackslash(value)
							? " ends in a backslash, and sshd would read the quote behind it as part of the value"
							: " has a line break, NUL, half a character or one that does not show in it"));
		}
		return new WrittenOption(option, option.name() + "=\"" + value.replace("\"", "\\\"") + '"');
	}

	/**
	 * Whether sshd reads a value as it was meant when it stands in the field
	 * ({@code opt_dequote} in OpenSSH's misc.c): it is one line without NUL, has no half
	 * of a surrogate pair, for which UTF-8 has no bytes, shows as what it is, and does
	 * not end in a backslash. Since {@code \"} is the one escape there is, such a
	 * backslash would take the closing quote into the value, and no way to write it is
	 * left.
	 */
	public static boolean isWritable(String value) {
		return LineBytes.isOneLine(value) && ShownText.of(value).equals(value) && !endsInBackslash(value);
	}

	private static boolean endsInBackslash(String value) {
		return value.endsWith("\\");
	}

	public KeyOptions without(String name) {
		return has(name) ? of(elements().stream().filter((element) -> !element.isNamed(name)).toList()) : this;
	}

	private static KeyOptions of(List<WrittenOption> elements) {
		return new KeyOptions(elements.stream().map(WrittenOption::source).collect(Collectors.joining(",")));
	}

	public boolean isEmpty() {
		return elements().isEmpty();
	}

	/** The first value of that name, unescaped; empty for a flag or when absent. */
	public Optional<String> value(String name) {
		return elements().stream()
			.filter((element) -> element.isNamed(name))
			.map((element) -> element.option().value())
			.filter(Objects::nonNull)
			.findFirst();
	}

	/** Whether it is there, as a flag or with a value; names compare without case. */
	public boolean has(String name) {
		return elements().stream().anyMatch((element) -> element.isNamed(name));
	}

	public List<KeyOption> options() {
		return elements().stream().map(WrittenOption::option).toList();
	}

	/**
	 * The options as sshd reads them: two fields with the same effect differ in quoting
	 * or in the case of names at most.
	 */
	public List<KeyOption> effect() {
		return elements().stream()
			.map(WrittenOption::option)
			.map((option) -> new KeyOption(option.name().toLowerCase(Locale.ROOT), option.value()))
			.toList();
	}

	/**
	 * Read anew each time: kept for all lines of a file they would take many times its
	 * size.
	 */
	private List<WrittenOption> elements() {
		return new KeyOptionsReader(this.text).read();
	}

	/** The field as it stands in the file; empty when there are none. */
	public String render() {
		return this.text;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof KeyOptions options && this.text.equals(options.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

	private static void checkName(String name) {
		if (!KeyOption.isName(name)) {
			throw new IllegalArgumentException("An option's name has letters, digits and hyphens");
		}
	}

}
