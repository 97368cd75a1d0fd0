package io.latchkey.openssh;

/**
 * The text is a private key, which nobody should hand out. Carries nothing of it.
 */
public class PrivateKeyException extends InvalidKeyException {

	private static final long serialVersionUID = 1L;

	public PrivateKeyException() {
		super("This is a private key. Expected the public one, which ends in .pub");
	}

}
