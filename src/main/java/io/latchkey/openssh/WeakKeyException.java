package io.latchkey.openssh;

/**
 * A public key is too weak to be let in. The message says what was expected.
 */
public class WeakKeyException extends Exception {

	private static final long serialVersionUID = 1L;

	public WeakKeyException(String message) {
		super(message);
	}

}
