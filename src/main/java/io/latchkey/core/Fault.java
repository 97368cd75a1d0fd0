package io.latchkey.core;

import java.util.List;

/**
 * One thing that is wrong with what came in.
 *
 * @param field the field as the API names it, such as {@code expiresAt}
 * @param code the key of the text in {@code messages.properties}, without the prefix
 * {@code fault.}; the text says what was expected
 * @param arguments fill the text's placeholders
 */
public record Fault(String field, String code, List<Object> arguments) {

	public static Fault of(String field, String code, Object... arguments) {
		return new Fault(field, code, List.of(arguments));
	}

}
