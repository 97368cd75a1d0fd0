package io.latchkey.internodefiles;

/**
 * What stands in the way in one account.
 */
final class Obstacle extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String text;

	/**
	 * @param text for a person
	 */
	Obstacle(String text) {
		super(text);
		this.text = text;
	}

	String text() {
		return this.text;
	}

}
