package io.latchkey.openssh;

/**
 * A text is not a public key. The message says what was expected, and where it went
 * wrong; it never repeats key material.
 */
public class InvalidKeyException extends Exception {

	private static final long serialVersionUID = 1L;

	public InvalidKeyException(String message) {
		super(message);
	}

}
