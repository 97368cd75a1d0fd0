package io.latchkey.core;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A part of a name that somebody looks for.
 */
public final class SearchText {

	private SearchText() {
	}

	/**
	 * The pattern for {@code lower(column) like … escape '!'}; it matches all when there
	 * is no query.
	 */
	public static String pattern(@Nullable String query) {
		if (query == null || query.isBlank()) {
			return "%";
		}
		String escaped = query.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
		return '%' + escaped + '%';
	}

}
