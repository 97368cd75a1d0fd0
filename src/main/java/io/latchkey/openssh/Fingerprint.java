package io.latchkey.openssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The SHA-256 fingerprint of a public key as {@code ssh-keygen -l} prints it:
 * {@code SHA256:} and 43 characters of unpadded base64.
 */
public record Fingerprint(String value) {

	private static final String PREFIX = "SHA256:";

	private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

	/**
	 * @throws IllegalArgumentException when the text has not this form
	 */
	public Fingerprint {
		if (!isWellFormed(value)) {
			throw new IllegalArgumentException(
					"Not a fingerprint. Expected SHA256: and 43 characters of base64, as ssh-keygen -l prints it");
		}
	}

	/**
	 * @throws IllegalArgumentException when the text has not this form
	 */
	public static Fingerprint parse(String text) {
		return new Fingerprint(text);
	}

	/** The same; nothing when the text has not this form. */
	public static Optional<Fingerprint> find(String text) {
		return isWellFormed(text) ? Optional.of(new Fingerprint(text)) : Optional.empty();
	}

	/** The fingerprint of a key blob (RFC 4253, section 6.6). */
	public static Fingerprint of(byte[] blob) {
		return new Fingerprint(PREFIX + BASE64.encodeToString(sha256(blob)));
	}

	@Override
	public String toString() {
		return this.value;
	}

	private static boolean isWellFormed(String value) {
		if (!value.matches(PREFIX + "[A-Za-z0-9+/]{43}")) {
			return false;
		}
		String hash = value.substring(PREFIX.length());
		return BASE64.encodeToString(Base64.getDecoder().decode(hash)).equals(hash);
	}

	private static byte[] sha256(byte[] blob) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(blob);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
