package io.latchkey.openssh;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public part of a PuTTY file (.ppk, versions 2 and 3; PuTTY's manual, appendix C):
 * headers, one of which counts the lines of base64 after it.
 */
final class PuttyFile {

	private static final Pattern FIRST_LINE = Pattern.compile("PuTTY-User-Key-File-(\\d+):\\s*(\\S+)");

	private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+):\\s*(.*)");

	private static final Pattern COUNT = Pattern.compile("\\d{1,4}");

	private final List<String> lines;

	private PuttyFile(List<String> lines) {
		this.lines = lines;
	}

	static boolean begins(List<String> lines) {
		return lines.get(0).startsWith("PuTTY-User-Key-File-");
	}

	static CommentedKey parse(List<String> lines) throws InvalidKeyException {
		return new PuttyFile(lines).parse();
	}

	private CommentedKey parse() throws InvalidKeyException {
		String type = type();
		PublicKey key = null;
		String comment = "";
		for (int i = 1; i < this.lines.size(); i++) {
			Matcher header = header(i);
			if (header.group(1).equals("Comment")) {
				comment = header.group(2);
			}
			else if (header.group(1).equals("Public-Lines")) {
				int end = i + 1 + count(header.group(2));
				key = key(type, i + 1, end);
				i = end - 1;
			}
		}
		if (key == null) {
			throw new InvalidKeyException(
					"The .ppk file has no public part. Expected Public-Lines and the lines it counts");
		}
		return new CommentedKey(key, comment);
	}

	private String type() throws InvalidKeyException {
		Matcher first = FIRST_LINE.matcher(this.lines.get(0));
		if (!first.matches()) {
			throw new InvalidKeyException("Expected PuTTY-User-Key-File-3: and the key's type on the first line");
		}
		if (!first.group(1).equals("2") && !first.group(1).equals("3")) {
			throw new InvalidKeyException("The .ppk file is of an unknown version. Expected version 2 or 3");
		}
		return first.group(2);
	}

	private Matcher header(int index) throws InvalidKeyException {
		Matcher header = HEADER.matcher(this.lines.get(index));
		if (!header.matches()) {
			throw new InvalidKeyException(
					"Line " + (index + 1) + " of the .ppk file is no header. Expected Name: value");
		}
		return header;
	}

	private static int count(String text) throws InvalidKeyException {
		if (!COUNT.matcher(text).matches()) {
			throw new InvalidKeyException("Expected a number after Public-Lines");
		}
		return Integer.parseInt(text);
	}

	private PublicKey key(String type, int start, int end) throws InvalidKeyException {
		if (end > this.lines.size()) {
			throw new InvalidKeyException("The .ppk file is cut off. Expected " + (end - start)
					+ " lines after Public-Lines, found " + (this.lines.size() - start));
		}
		String base64 = String.join("", this.lines.subList(start, end));
		KeyField field = KeyField.read(type + " " + base64);
		if (!field.rest().isEmpty()) {
			throw new InvalidKeyException("The .ppk file's base64 cannot be read: there are blanks in it");
		}
		return PublicKey.of(field);
	}

}
