package io.latchkey.openssh;

import java.util.List;

/**
 * A public key as people hand it in, with its comment: one line of OpenSSH, RFC 4716, or
 * the public part of a PuTTY file (.ppk, versions 2 and 3).
 *
 * @param key the key, which is no certificate
 * @param comment the comment, empty when there is none; without control characters
 */
public record PublicKeyText(PublicKey key, String comment) {

	private static final int MAXIMUM_LENGTH = 64 * 1024;

	public PublicKeyText {
		comment = comment.replaceAll("\\p{Cntrl}", " ").strip();
	}

	/**
	 * @throws PrivateKeyException when it is a private key of any format
	 * @throws InvalidKeyException when it is not a public key
	 */
	public static PublicKeyText parse(String text) throws InvalidKeyException {
		if (PrivateKeyText.matches(text)) {
			throw new PrivateKeyException();
		}
		if (text.length() > MAXIMUM_LENGTH) {
			throw new InvalidKeyException("The text has " + text.length()
					+ " characters. Expected one key, which has far fewer than " + MAXIMUM_LENGTH);
		}
		CommentedKey read = read(linesOf(text));
		if (read.key().isCertificate()) {
			throw new InvalidKeyException(
					"This is a certificate. Expected the key that it was made for: the .pub file without -cert in "
							+ "its name");
		}
		return new PublicKeyText(read.key(), read.comment());
	}

	private static CommentedKey read(List<String> lines) throws InvalidKeyException {
		if (lines.isEmpty()) {
			throw new InvalidKeyException("There is no key. Expected one line, as in a .pub file");
		}
		if (Rfc4716.begins(lines)) {
			return Rfc4716.parse(lines);
		}
		if (PuttyFile.begins(lines)) {
			return PuttyFile.parse(lines);
		}
		return OneLine.parse(lines);
	}

	private static List<String> linesOf(String text) {
		String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
		return withoutMark.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
	}

}
