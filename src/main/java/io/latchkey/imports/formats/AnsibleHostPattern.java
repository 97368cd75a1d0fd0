package io.latchkey.imports.formats;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How an inventory names hosts: {@code web[01:50].example.org}, {@code name:port},
 * {@code [2001:db8::1]:port}, {@code 2001:db8::1}.
 *
 * @param names those of its ranges
 * @param port null when it names none
 */
record AnsibleHostPattern(List<String> names, @Nullable Integer port) {

	/** A longer one is a mistake, and costs. */
	private static final int LONGEST = 1_000;

	/** Nothing when it is malformed. */
	static Optional<AnsibleHostPattern> parse(String text) {
		if (text.isEmpty() || text.length() > LONGEST) {
			return Optional.empty();
		}
		if (text.startsWith("[") && (isIpv6(inBrackets(text)) || isName(inBrackets(text)))) {
			int end = text.indexOf(']');
			return of(List.of(text.substring(1, end)), text.substring(end + 1));
		}
		if (isIpv6(text)) {
			return of(List.of(text), "");
		}
		int colon = text.lastIndexOf(':');
		boolean inRange = colon > 0 && text.indexOf(']', colon) >= 0;
		String name = (colon < 0 || inRange) ? text : text.substring(0, colon);
		return name.isEmpty() ? Optional.empty()
				: of(HostRange.expand(name), (colon < 0 || inRange) ? "" : text.substring(colon));
	}

	private static String inBrackets(String text) {
		int end = text.indexOf(']');
		return (end < 0) ? "" : text.substring(1, end);
	}

	private static Optional<AnsibleHostPattern> of(List<String> names, String port) {
		if (names.isEmpty() || names.stream().anyMatch((name) -> name.indexOf(':') >= 0 && !isIpv6(name))) {
			return Optional.empty();
		}
		if (port.isEmpty()) {
			return Optional.of(new AnsibleHostPattern(names, null));
		}
		return (port.charAt(0) == ':' && PortText.isPort(port.substring(1)))
				? Optional.of(new AnsibleHostPattern(names, Integer.valueOf(port.substring(1)))) : Optional.empty();
	}

	private static boolean isName(String text) {
		return !text.isEmpty() && text.indexOf(':') < 0;
	}

	/** Two colons at least, and nothing that an address has not. */
	private static boolean isIpv6(String text) {
		return text.indexOf(':') != text.lastIndexOf(':')
				&& text.chars().allMatch((next) -> Character.digit(next, 16) >= 0 || next == ':' || next == '.');
	}

}
