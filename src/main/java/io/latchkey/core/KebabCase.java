package io.latchkey.core;

import java.util.Locale;

/** The form that words have in keys of texts and in the API: {@code no-permission}. */
public final class KebabCase {

	private KebabCase() {
	}

	public static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The constant that is written so.
	 * @throws IllegalArgumentException when there is none
	 */
	public static <E extends Enum<E>> E constant(Class<E> type, String text) {
		return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
