package io.latchkey.users;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/**
 * An authenticator, as a person has it on the phone.
 */
public final class Codes {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	private Codes() {
	}

	/**
	 * The code that it shows.
	 * @param secret in Base32, with blanks or without
	 */
	public static String at(String secret, Instant at) {
		return Totp.code(decode(secret.replace(" ", "")), Totp.stepAt(at));
	}

	static byte[] decode(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int buffer = 0;
		int held = 0;
		for (char each : text.toCharArray()) {
			buffer = (buffer << 5) | ALPHABET.indexOf(each);
			held += 5;
			if (held >= 8) {
				held -= 8;
				bytes.write(buffer >> held);
				buffer &= (1 << held) - 1;
			}
		}
		return bytes.toByteArray();
	}

}
