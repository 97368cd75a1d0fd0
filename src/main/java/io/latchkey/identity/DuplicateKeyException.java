package io.latchkey.identity;

import io.latchkey.openssh.Fingerprint;

/**
 * The key belongs to an identity already.
 */
public class DuplicateKeyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Fingerprint fingerprint;

	private final String owner;

	/**
	 * @param owner the name of the identity that has it
	 */
	public DuplicateKeyException(Fingerprint fingerprint, String owner) {
		super("The key %s belongs to the identity '%s' already".formatted(fingerprint, owner));
		this.fingerprint = fingerprint;
		this.owner = owner;
	}

	public Fingerprint fingerprint() {
		return this.fingerprint;
	}

	public String owner() {
		return this.owner;
	}

}
