package io.latchkey.api.query;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.body.TextForm;
import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query parameter that has a form.
 */
public final class Parameter {

	private Parameter() {
	}

	/**
	 * @param form reads the text, or throws an IllegalArgumentException
	 * @param code of the text that says which form was expected
	 * @return the value, or null when the parameter is absent
	 * @throws MalformedRequestException when it has not that form
	 */
	public static <T> @Nullable T read(String name, @Nullable String text, Function<String, T> form, String code,
			Object... arguments) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			return form.apply(text);
		}
		catch (IllegalArgumentException ex) {
			MalformedRequestException malformed = new MalformedRequestException(Fault.of(name, code, arguments));
			malformed.initCause(ex);
			throw malformed;
		}
	}

	/** The text, or null when the parameter is absent or empty. */
	public static @Nullable String text(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

	/** Reads an instant of RFC 3339. */
	public static @Nullable Instant instant(String name, @Nullable String text) {
		return read(name, text, TextForm::instant, "json.instant");
	}

	/** Reads {@code true} or {@code false}. */
	public static @Nullable Boolean flag(String name, @Nullable String text) {
		return read(name, text, (value) -> {
			if (!value.equals("true") && !value.equals("false")) {
				throw new IllegalArgumentException("Neither true nor false");
			}
			return Boolean.valueOf(value);
		}, "query.flag");
	}

	/** Reads one of the values of an enum. */
	public static <E extends Enum<E>> @Nullable E choice(String name, @Nullable String text, Class<E> type) {
		String choices = String.join(", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
		return read(name, text, (value) -> Enum.valueOf(type, value), "json.choice", choices);
	}

}
