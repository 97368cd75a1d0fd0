package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Signs short texts that strangers carry, so that nothing has to be kept until they come
 * back: {@code <text>.<signature>}, both in URL-safe Base64, the signature 128 bits of an
 * HMAC-SHA-256.
 */
public final class Signer {

	private static final int SIGNATURE_BYTES = 16;

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private final UnaryOperator<byte[]> authentication;

	private final BiPredicate<byte[], byte[]> verification;

	/**
	 * @param verification whether the text, given first, has that code
	 */
	Signer(UnaryOperator<byte[]> authentication, BiPredicate<byte[], byte[]> verification) {
		this.authentication = authentication;
		this.verification = verification;
	}

	public String sign(String text) {
		return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "." + signature(text);
	}

	/**
	 * The text, or nothing when this signer hasn't signed it.
	 */
	public Optional<String> open(String signed) {
		int dot = signed.indexOf('.');
		if (dot < 0) {
			return Optional.empty();
		}
		try {
			byte[] text = Base64.getUrlDecoder().decode(signed.substring(0, dot));
			byte[] code = Base64.getUrlDecoder().decode(signed.substring(dot + 1));
			return (code.length == SIGNATURE_BYTES && ENCODER.encodeToString(code).equals(signed.substring(dot + 1))
					&& this.verification.test(text, code)) ? Optional.of(new String(text, StandardCharsets.UTF_8))
							: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private String signature(String text) {
		byte[] whole = this.authentication.apply(text.getBytes(StandardCharsets.UTF_8));
		return ENCODER.encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
	}

}
