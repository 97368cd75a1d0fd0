package io.latchkey.openssh;

import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine.Kind;

/**
 * Reads a line of {@code authorized_keys} as sshd does ({@code auth2-pubkeyfile.c}): a
 * key, or else options and then a key.
 */
final class LineReader {

	private LineReader() {
	}

	static Line read(LineBytes bytes) {
		String text = bytes.text();
		if (skipBlanks(text).isEmpty()) {
			return new OtherLine(bytes, Kind.BLANK);
		}
		String visible = skipBlanks(untilNul(text));
		if (visible.startsWith("#")) {
			return new OtherLine(bytes, Kind.COMMENT);
		}
		try {
			return readKey(bytes, visible);
		}
		catch (InvalidKeyException | IllegalArgumentException ex) {
			return new OtherLine(bytes, Kind.UNREADABLE);
		}
	}

	private static Line readKey(LineBytes bytes, String text) throws InvalidKeyException {
		try {
			return line(bytes, "", KeyField.read(text));
		}
		catch (InvalidKeyException ex) {
			return readOptionsAndKey(bytes, text);
		}
	}

	private static Line readOptionsAndKey(LineBytes bytes, String text) throws InvalidKeyException {
		int end = KeyOptionsReader.endOfOptions(text);
		if (end < 0) {
			throw new InvalidKeyException("A quote stays open in the options");
		}
		return line(bytes, text.substring(0, end), KeyField.read(skipBlanks(text.substring(end))));
	}

	private static Line line(LineBytes bytes, String options, KeyField field) throws InvalidKeyException {
		PublicKey key = field.key();
		if (key.isCertificate()) {
			return new OtherLine(bytes, Kind.CERTIFICATE);
		}
		if (key.keyType() == KeyType.RSA && key.bits() < KeyPolicy.LEAST_RSA_BITS) {
			throw new InvalidKeyException("sshd takes no RSA key under " + KeyPolicy.LEAST_RSA_BITS + " bits");
		}
		return new KeyLine(bytes, KeyOptions.parse(options), key, field.rest());
	}

	/** sshd reads lines as C strings, which end at the first NUL. */
	private static String untilNul(String text) {
		int end = text.indexOf('\0');
		return (end < 0) ? text : text.substring(0, end);
	}

	private static String skipBlanks(String text) {
		int start = 0;
		while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
			start++;
		}
		return text.substring(start);
	}

}
