package io.latchkey.openssh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of sshd as {@code sshd -T} prints them, a line each: the keyword of
 * sshd_config(5), a space, the value. Keywords compare without case: sshd prints them in
 * mixed case since OpenSSH 10.4. Some come several times, once for each value.
 */
public record SshdSettings(List<String> lines) {

	/** Of a server that was not asked. */
	public static final SshdSettings NONE = new SshdSettings(List.of());

	public SshdSettings {
		lines = List.copyOf(lines);
	}

	/** All values, in their order. */
	List<String> values(String keyword) {
		return this.lines.stream()
			.filter((line) -> keyword(line).equals(keyword))
			.map((line) -> line.substring(Math.min(line.length(), keyword.length() + 1)))
			.filter((value) -> !value.isEmpty())
			.toList();
	}

	/** The first value, under the first of these names that has one. */
	public Optional<String> value(String... keywords) {
		for (String keyword : keywords) {
			List<String> values = values(keyword);
			if (!values.isEmpty()) {
				return Optional.of(values.get(0));
			}
		}
		return Optional.empty();
	}

	public boolean is(String keyword, String value) {
		return value(keyword).filter(value::equalsIgnoreCase).isPresent();
	}

	private static String keyword(String line) {
		int end = line.indexOf(' ');
		return ((end < 0) ? line : line.substring(0, end)).toLowerCase(Locale.ROOT);
	}

}
