package io.latchkey.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * By what a browser is known that signed in: 256 random bits in URL-safe Base64. Only its
 * hash is kept.
 */
record SessionSecret(String text) {

	static final int LENGTH = 43;

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	static SessionSecret generate() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return new SessionSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/** SHA-256 of the text, in hex. */
	String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "SessionSecret[…]";
	}

}
