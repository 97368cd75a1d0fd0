package io.latchkey.registration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of an enrolment token: {@code lke_} and 256 random bits in URL-safe Base64.
 * Only its hash is kept.
 */
public record EnrolmentTokenText(String text) {

	private static final Pattern FORM = Pattern.compile("lke_[A-Za-z0-9_-]{43}");

	private static final SecureRandom RANDOM = new SecureRandom();

	public EnrolmentTokenText {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("Not the text of an enrolment token");
		}
	}

	/** Nothing when the text is of another form. */
	public static Optional<EnrolmentTokenText> parse(String text) {
		return FORM.matcher(text).matches() ? Optional.of(new EnrolmentTokenText(text)) : Optional.empty();
	}

	static EnrolmentTokenText generate() {
		return new EnrolmentTokenText("lke_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32)));
	}

	static String newId() {
		return HexFormat.of().formatHex(random(8));
	}

	/** SHA-256 of the whole text, in hex. */
	String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "EnrolmentTokenText[…]";
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

}
