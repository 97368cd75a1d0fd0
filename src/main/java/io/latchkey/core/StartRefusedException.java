package io.latchkey.core;

/**
 * Latchkey does not start as it is set up. Says what is wrong and what to do, for the
 * person who starts it.
 */
public class StartRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * @param description what is wrong, without any secret
	 * @param action what to do about it
	 */
	public StartRefusedException(String description, String action) {
		super(description);
		this.action = action;
	}

	public StartRefusedException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	public String action() {
		return this.action;
	}

}
