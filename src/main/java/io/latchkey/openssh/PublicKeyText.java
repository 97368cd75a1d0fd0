package io.latchkey.openssh;

/**
 * A public key as people hand it in, with its comment: one line of OpenSSH, RFC 4716, or
 * the public part of a PuTTY file (.ppk, versions 2 and 3).
 *
 * @param key the key
 * @param comment the comment, empty when there is none
 */
public record PublicKeyText(PublicKey key, String comment) {

	/**
	 * @throws PrivateKeyException when it is a private key of any format
	 * @throws InvalidKeyException when it is not a public key
	 */
	public static PublicKeyText parse(String text) throws InvalidKeyException {
		throw new UnsupportedOperationException();
	}

}
