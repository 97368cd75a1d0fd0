package io.latchkey.core;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The form of the names of identities, teams, nodes and clusters: 1 to 63 characters of
 * {@code a-z 0-9 . _ -}, starting with a letter or a digit.
 */
public final class Names {

	private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

	private Names() {
	}

	/**
	 * Returns the fault of a name, or nothing when it is well-formed.
	 */
	public static Optional<Fault> fault(String field, @Nullable String name) {
		if (name == null || !FORM.matcher(name).matches()) {
			return Optional.of(Fault.of(field, "name.malformed"));
		}
		return Optional.empty();
	}

}
