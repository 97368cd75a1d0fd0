package io.latchkey.openssh;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One of a line's {@link KeyOptions}; a flag has no value.
 */
public record KeyOption(String name, @Nullable String value) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._-]+");

	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

}
