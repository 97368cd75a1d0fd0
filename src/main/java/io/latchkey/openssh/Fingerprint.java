package io.latchkey.openssh;

/**
 * The SHA-256 fingerprint of a public key as {@code ssh-keygen -l} prints it:
 * {@code SHA256:} and 43 characters of unpadded base64.
 */
public record Fingerprint(String value) {

	/**
	 * @throws IllegalArgumentException when the text has not this form
	 */
	public static Fingerprint parse(String text) {
		throw new UnsupportedOperationException();
	}

	/** The fingerprint of a key blob (RFC 4253, section 6.6). */
	public static Fingerprint of(byte[] blob) {
		throw new UnsupportedOperationException();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
