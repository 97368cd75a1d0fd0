package io.latchkey.openssh;

import java.util.Iterator;
import java.util.List;

/**
 * The SSH public key file format, RFC 4716: headers, of which only the comment matters,
 * and base64 between two markers.
 */
final class Rfc4716 {

	private static final String BEGIN = "---- BEGIN SSH2 PUBLIC KEY ----";

	private static final String END = "---- END SSH2 PUBLIC KEY ----";

	private static final String COMMENT = "comment";

	private Rfc4716() {
	}

	static boolean begins(List<String> lines) {
		return lines.get(0).equals(BEGIN);
	}

	static CommentedKey parse(List<String> lines) throws InvalidKeyException {
		if (lines.indexOf(END) != lines.size() - 1) {
			throw new InvalidKeyException("Expected " + END + " as the only end, on the last line");
		}
		StringBuilder base64 = new StringBuilder();
		String comment = "";
		for (Iterator<String> rest = lines.subList(1, lines.size() - 1).iterator(); rest.hasNext();) {
			String line = rest.next();
			int colon = line.indexOf(':');
			if (colon < 0) {
				base64.append(line);
			}
			else {
				String value = value(line.substring(colon + 1), rest);
				comment = line.substring(0, colon).equalsIgnoreCase(COMMENT) ? unquote(value) : comment;
			}
		}
		return new CommentedKey(PublicKey.of(KeyField.decode(base64.toString())), comment);
	}

	private static String value(String start, Iterator<String> rest) throws InvalidKeyException {
		String value = start;
		while (value.endsWith("\\")) {
			if (!rest.hasNext()) {
				throw new InvalidKeyException("A header goes on with a backslash. Expected another line after it");
			}
			value = value.substring(0, value.length() - 1) + rest.next();
		}
		return value.strip();
	}

	/** PuTTY escapes quotes and backslashes inside, OpenSSH nothing. */
	private static String unquote(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\([\"\\\\])", "$1") : value;
	}

}
