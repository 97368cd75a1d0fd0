package io.latchkey.secrets;

/**
 * Sealed bytes do not open: they were sealed for another place or under another key, or
 * were changed.
 */
public class SecretUnreadableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SecretUnreadableException(String context, Throwable cause) {
		super("The secret at %s does not open: it was sealed for another place or under another key, or was changed"
			.formatted(context), cause);
	}

}
