package io.latchkey.identity;

/**
 * A public key is not taken. The message says what was wrong and what was expected; it
 * never repeats key material.
 */
public class KeyRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	public KeyRefusedException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	public Reason reason() {
		return this.reason;
	}

	/** Why it is not taken. */
	public enum Reason {

		/** It is a private key. */
		PRIVATE_KEY,
		/** Its algorithm or size is too weak. */
		WEAK_KEY,
		/** It is no public key that could stand in a file. */
		INVALID_KEY

	}

}
