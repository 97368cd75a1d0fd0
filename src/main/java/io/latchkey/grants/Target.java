package io.latchkey.grants;

/**
 * Where a grant lets in: {@code node:<name>} or {@code cluster:<name>}.
 */
public record Target(Kind kind, String name) {

	/** The kinds of target. */
	public enum Kind {

		NODE, CLUSTER

	}

	/**
	 * @throws IllegalArgumentException when the text has not this form
	 */
	public static Target parse(String text) {
		if (text.startsWith("node:")) {
			return new Target(Kind.NODE, text.substring("node:".length()));
		}
		if (text.startsWith("cluster:")) {
			return new Target(Kind.CLUSTER, text.substring("cluster:".length()));
		}
		throw new IllegalArgumentException("Expected node:<name> or cluster:<name>");
	}

	@Override
	public String toString() {
		return ((this.kind == Kind.NODE) ? "node:" : "cluster:") + this.name;
	}

}
