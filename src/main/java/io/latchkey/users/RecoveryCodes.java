package io.latchkey.users;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The codes for whoever has lost the authenticator: 120 random bits each, as four groups
 * of six letters and digits. However they are typed, it is the same code.
 */
final class RecoveryCodes {

	static final int COUNT = 10;

	private static final int BYTES = 15;

	private static final int CHARACTERS = 24;

	private static final SecureRandom RANDOM = new SecureRandom();

	private RecoveryCodes() {
	}

	static List<String> generate() {
		return Stream.generate(RecoveryCodes::one).limit(COUNT).toList();
	}

	/** The hash of what was typed; the hash of nothing for what can be none. */
	static String hash(String typed) {
		String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
		return RandomText.hash((plain.length() == CHARACTERS) ? plain : "");
	}

	private static String one() {
		byte[] random = new byte[BYTES];
		RANDOM.nextBytes(random);
		return Base32.encode(random).toLowerCase(Locale.ROOT).replaceAll("(.{6})(?=.)", "$1-");
	}

}
