package io.latchkey.conversation.protocol;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * 128 random bits in lower-case hex: names a held change, so that nobody but the one who
 * was told can confirm it, and is what a host key has to sign.
 */
public final class RandomToken {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 16;

	private RandomToken() {
	}

	public static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
