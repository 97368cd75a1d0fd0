package io.latchkey.core;

import org.jspecify.annotations.Nullable;

/** How people call what has a name already: a line of text, or nothing. */
public final class DisplayName {

	private DisplayName() {
	}

	/**
	 * Returns it without white space around it.
	 * @param name of what it is for
	 * @throws InvalidInputException with all that is wrong with either
	 */
	public static @Nullable String check(String name, @Nullable String displayName) {
		Faults faults = new Faults();
		faults.name(name);
		String trimmed = FreeText.trim(displayName);
		faults.text("displayName", trimmed);
		faults.check();
		return trimmed;
	}

}
