package io.latchkey.api.body;

import org.jspecify.annotations.Nullable;

/**
 * A body is not JSON at all. The message says what was found, and where.
 */
public final class MalformedJsonException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedJsonException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
