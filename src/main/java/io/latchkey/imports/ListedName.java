package io.latchkey.imports;

import java.util.Locale;

/**
 * The name of a node that a list names otherwise: in lower case, and with a hyphen for
 * what lists have between words of a name and nodes have not.
 */
final class ListedName {

	private static final String REPLACED = "/+:@";

	private ListedName() {
	}

	static String of(String name) {
		StringBuilder own = new StringBuilder(name.toLowerCase(Locale.ROOT));
		for (int i = 0; i < own.length(); i++) {
			if (REPLACED.indexOf(own.charAt(i)) >= 0) {
				own.setCharAt(i, '-');
			}
		}
		return own.toString();
	}

}
