package io.latchkey.openssh;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key at the start of a text, {@code type base64}, and what follows it; read as
 * {@code sshkey_read} of OpenSSH does.
 *
 * @param name of the type, as it stands there
 * @param type which that is
 * @param blob what the base64 stands for, whatever it is
 * @param rest what follows the blanks after it, such as a comment
 */
record KeyField(String name, KeyType type, byte[] blob, String rest) {

	private static final Pattern FORM = Pattern.compile("([^ \\t]+)[ \\t]+([^ \\t]+)[ \\t]*(.*)", Pattern.DOTALL);

	private static final Pattern PRESENTABLE_TYPE = Pattern
		.compile("(ssh|ecdsa|sk|rsa|webauthn|x509v3)-[a-z0-9@.-]{1,50}");

	private static final Pattern ODD_CHARACTER = Pattern.compile("[^A-Za-z0-9+/=]");

	private static final Pattern WHITE_SPACE = Pattern.compile("[\\n\\x0B\\f\\r]");

	static KeyField read(String text) throws InvalidKeyException {
		Matcher fields = FORM.matcher(text);
		if (!fields.matches()) {
			throw new InvalidKeyException(
					"Expected the key's type, a blank and its base64, as in ssh-ed25519 AAAAC3Nz…");
		}
		return new KeyField(fields.group(1), type(fields.group(1)), decode(fields.group(2)), fields.group(3));
	}

	/**
	 * @throws InvalidKeyException when it is not the base64 of RFC 4648, section 4, with
	 * its padding; line ends are skipped
	 */
	static byte[] decode(String base64) throws InvalidKeyException {
		String text = WHITE_SPACE.matcher(base64).replaceAll("");
		byte[] bytes = decodeLoosely(text);
		if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
			throw new InvalidKeyException(
					"The key's base64 is cut off. Expected a multiple of four characters, found " + text.length());
		}
		return bytes;
	}

	private static byte[] decodeLoosely(String text) throws InvalidKeyException {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKeyException("The key's base64 cannot be read" + whereIsOddCharacter(text));
		}
	}

	private static String whereIsOddCharacter(String text) {
		Matcher odd = ODD_CHARACTER.matcher(text);
		if (odd.find()) {
			return ": its character " + (odd.start() + 1) + " is none of A-Z a-z 0-9 + / =";
		}
		return ": it is cut off or its padding is wrong, after " + text.length() + " characters";
	}

	private static KeyType type(String name) throws InvalidKeyException {
		return KeyType.named(name)
			.orElseThrow(() -> new InvalidKeyException(describe(name)
					+ ". Expected one of ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, "
					+ "sk-ssh-ed25519@openssh.com, sk-ecdsa-sha2-nistp256@openssh.com, ssh-rsa, ssh-mldsa44-ed25519, "
					+ "and its base64 after it"));
	}

	private static String describe(String name) {
		return PRESENTABLE_TYPE.matcher(name).matches() ? "OpenSSH does not know the key type " + name
				: "The text does not start with a key's type";
	}

}
