package io.latchkey.users;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes that change with the time (TOTP, RFC 6238): six digits, another every thirty
 * seconds, by HMAC-SHA-1 as every authenticator has it.
 */
final class Totp {

	/** Of a secret: as long as the digest, which RFC 4226 advises. */
	static final int SECRET_BYTES = 20;

	private static final String ALGORITHM = "HmacSHA1";

	private static final int STEP_SECONDS = 30;

	private static final int MODULUS = 1_000_000;

	private Totp() {
	}

	/** The number of the step in which the instant lies, counted from 1970. */
	static long stepAt(Instant at) {
		return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
	}

	/** The code of a step. */
	static String code(byte[] secret, long step) {
		return "%06d".formatted(truncated(secret, step) % MODULUS);
	}

	/** The dynamic truncation of RFC 4226, 5.3: 31 bits. */
	static int truncated(byte[] secret, long step) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(secret, ALGORITHM));
			byte[] digest = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
			int offset = digest[digest.length - 1] & 0xf;
			return ByteBuffer.wrap(digest, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has HMAC-SHA-1", ex);
		}
	}

}
