package io.latchkey.openssh;

/**
 * A public key: its type and its blob (RFC 4253, section 6.6). Two are equal when their
 * blobs are.
 */
public final class PublicKey {

	private PublicKey() {
	}

	/**
	 * Parses {@code type base64} without options and comment.
	 * @throws InvalidKeyException when it is not a public key; the message says what was
	 * wrong, and where
	 */
	public static PublicKey parse(String text) throws InvalidKeyException {
		throw new UnsupportedOperationException();
	}

	/** A public key of a blob as it came from the wire. */
	public static PublicKey of(byte[] blob) throws InvalidKeyException {
		throw new UnsupportedOperationException();
	}

	/** The type as sshd names it, such as {@code ssh-ed25519}. */
	public String type() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The algorithm for people: {@code ED25519}, {@code RSA}, {@code ECDSA},
	 * {@code ED25519-SK}, as ssh-keygen -l has it.
	 */
	public String algorithm() {
		throw new UnsupportedOperationException();
	}

	/** The size that {@code ssh-keygen -l} prints. */
	public int bits() {
		throw new UnsupportedOperationException();
	}

	public Fingerprint fingerprint() {
		throw new UnsupportedOperationException();
	}

	public boolean isCertificate() {
		throw new UnsupportedOperationException();
	}

	/** A copy of the blob. */
	public byte[] blob() {
		throw new UnsupportedOperationException();
	}

	/** {@code type base64}, as in a line of {@code authorized_keys}. */
	public String render() {
		throw new UnsupportedOperationException();
	}

}
