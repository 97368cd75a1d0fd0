package io.latchkey.grants;

import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a grant, as people name it: grant 1042. */
public record GrantId(long value) {

	private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

	/** The id that a text is, or nothing when it can be none. */
	public static Optional<GrantId> parse(String text) {
		return FORM.matcher(text).matches() ? Optional.of(new GrantId(Long.parseLong(text))) : Optional.empty();
	}

}
