package io.latchkey.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller sends as bearer token: {@code lk_<id>_<secret>} with 16 hexadecimal
 * digits and 256 random bits in URL-safe Base64, or any other text for the token that was
 * given at the first start. Only its hash is kept.
 */
record TokenText(String text) {

	private static final Pattern FORM = Pattern.compile("lk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}");

	private static final SecureRandom RANDOM = new SecureRandom();

	static String newId() {
		return HexFormat.of().formatHex(random(8));
	}

	static TokenText generate(String id) {
		return new TokenText("lk_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
	}

	/** The token's id, or nothing when the text is of another form. */
	Optional<String> id() {
		Matcher matcher = FORM.matcher(this.text);
		return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
	}

	/** SHA-256 of the whole text, in hex. */
	String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean hasHash(String hash) {
		return MessageDigest.isEqual(hash().getBytes(StandardCharsets.US_ASCII),
				hash.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String toString() {
		return "TokenText[…]";
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

}
