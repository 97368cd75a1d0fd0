package io.latchkey.api.body;

/**
 * A body is not JSON at all. The message says what is wrong, and where; it repeats no
 * word of it, which may be a password without its quotes.
 */
public final class MalformedJsonException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedJsonException(String message) {
		super(message);
	}

}
