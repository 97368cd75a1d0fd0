package io.latchkey.grants;

/**
 * Who a grant is for: {@code identity:<name>} or {@code team:<name>}.
 */
public record Subject(Kind kind, String name) {

	/** The kinds of subject. */
	public enum Kind {

		IDENTITY, TEAM

	}

	/**
	 * @throws IllegalArgumentException when the text has not this form
	 */
	public static Subject parse(String text) {
		if (text.startsWith("identity:")) {
			return new Subject(Kind.IDENTITY, text.substring("identity:".length()));
		}
		if (text.startsWith("team:")) {
			return new Subject(Kind.TEAM, text.substring("team:".length()));
		}
		throw new IllegalArgumentException("Expected identity:<name> or team:<name>");
	}

	@Override
	public String toString() {
		return ((this.kind == Kind.IDENTITY) ? "identity:" : "team:") + this.name;
	}

}
