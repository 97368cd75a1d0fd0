package io.latchkey.transport;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names a held change: 128 random bits in lower-case hex, so that nobody but the one who
 * was told can confirm it.
 */
final class HoldToken {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 16;

	private HoldToken() {
	}

	static String next() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
