package io.latchkey.core;

import java.util.List;

/**
 * One thing that is wrong with what came in.
 *
 * @param field the field as the API names it, such as {@code expiresAt}
 * @param code the key of the text in {@code messages.properties}, without the prefix
 * {@code fault.}; the text says what was expected
 * @param arguments fill the text's placeholders; those that are texts as they are shown,
 * since most repeat what came in
 */
public record Fault(String field, String code, List<Object> arguments) {

	public Fault {
		arguments = arguments.stream().map(Fault::shown).toList();
	}

	public static Fault of(String field, String code, Object... arguments) {
		return new Fault(field, code, List.of(arguments));
	}

	private static Object shown(Object argument) {
		return (argument instanceof String text) ? FreeText.shown(text) : argument;
	}

}
