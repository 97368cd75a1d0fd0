package io.latchkey.api.answer;

/**
 * The {@code ETag} of a resource: its version in quotes.
 */
public final class EntityTag {

	private EntityTag() {
	}

	public static String of(long version) {
		return "\"" + version + "\"";
	}

}
