package io.latchkey.api.body;

/**
 * A body is larger than any request of the API needs.
 */
public final class BodyTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The most bytes that a body may have. */
	public static final int LIMIT = 1024 * 1024;

	BodyTooLargeException() {
		super("A body of more than %d bytes".formatted(LIMIT));
	}

}
