package io.latchkey.core;

import java.util.Locale;

/** The form that words have in keys of texts and in the API: {@code no-permission}. */
public final class KebabCase {

	private KebabCase() {
	}

	public static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
