package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A host through which others are reached, as a list names it (ssh_config(5),
 * {@code ProxyJump}): {@code [user@]host[:port]} or {@code ssh://[user@]host[:port]}. An
 * IPv6 address with a port stands in brackets.
 *
 * @param host an alias of the list, a host name or an address
 * @param port null when it names none
 */
public record Jump(String host, @Nullable Integer port) {

	private static final String SCHEME = "ssh://";

	/** Those that are parted by commas; none when one of them is malformed. */
	static Optional<List<Jump>> parseAll(String text) {
		List<Jump> jumps = new ArrayList<>();
		for (String part : text.split(",", -1)) {
			Optional<Jump> jump = parse(part);
			if (jump.isEmpty()) {
				return Optional.empty();
			}
			jumps.add(jump.get());
		}
		return Optional.of(Collections.unmodifiableList(jumps));
	}

	static Optional<Jump> parse(String text) {
		String place = text.toLowerCase(Locale.ROOT).startsWith(SCHEME) ? withoutScheme(text) : text;
		place = place.substring(place.lastIndexOf('@') + 1);
		if (place.startsWith("[")) {
			int end = place.indexOf(']');
			return (end < 0) ? Optional.empty() : of(place.substring(1, end), place.substring(end + 1));
		}
		int colon = place.indexOf(':');
		return (colon < 0) ? of(place, "") : of(place.substring(0, colon), place.substring(colon));
	}

	private static String withoutScheme(String text) {
		String place = text.substring(SCHEME.length());
		return place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
	}

	private static Optional<Jump> of(String host, String port) {
		if (host.isEmpty() || host.chars().anyMatch((next) -> next <= ' ' || next == '/' || next == '%')) {
			return Optional.empty();
		}
		if (port.isEmpty()) {
			return Optional.of(new Jump(host, null));
		}
		String digits = port.substring(1);
		return (port.charAt(0) == ':' && PortText.isPort(digits)) ? Optional.of(new Jump(host, Integer.valueOf(digits)))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return (this.port == null) ? this.host
				: ((this.host.indexOf(':') < 0) ? this.host : "[" + this.host + "]") + ":" + this.port;
	}

}
