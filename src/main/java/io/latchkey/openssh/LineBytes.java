package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a line with its end, if it has one: LF or CR LF; a CR at the end of the
 * file counts, too.
 */
final class LineBytes {

	private final byte[] bytes;

	LineBytes(byte[] bytes) {
		this.bytes = bytes;
	}

	static LineBytes of(String text) {
		if (!isOneLine(text)) {
			throw new IllegalArgumentException("A line has no line break, NUL or half a character in it");
		}
		return observed(text);
	}

	static LineBytes observed(String text) {
		return new LineBytes((text + '\n').getBytes(StandardCharsets.UTF_8));
	}

	/** Whether it stands in a file as one line, and is read as the same text. */
	static boolean isOneLine(String text) {
		return text.codePoints()
			.noneMatch((c) -> c == '\n' || c == '\r' || c == '\0' || Character.getType(c) == Character.SURROGATE);
	}

	String text() {
		return new String(this.bytes, 0, contentLength(), StandardCharsets.UTF_8);
	}

	byte[] toByteArray() {
		return this.bytes.clone();
	}

	boolean isEnded() {
		return endsWith(this.bytes.length, '\n');
	}

	LineBytes ended() {
		byte[] ended = Arrays.copyOf(this.bytes, this.bytes.length + 1);
		ended[this.bytes.length] = '\n';
		return new LineBytes(ended);
	}

	private int contentLength() {
		int length = this.bytes.length;
		if (endsWith(length, '\n')) {
			length--;
		}
		if (endsWith(length, '\r')) {
			length--;
		}
		return length;
	}

	private boolean endsWith(int length, char c) {
		return length > 0 && this.bytes[length - 1] == c;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof LineBytes line
				&& Arrays.equals(this.bytes, 0, contentLength(), line.bytes, 0, line.contentLength());
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(Arrays.copyOf(this.bytes, contentLength()));
	}

	/** sshd reads lines as C strings, which end at the first NUL. */
	static String untilNul(String text) {
		int end = text.indexOf('\0');
		return (end < 0) ? text : text.substring(0, end);
	}

	static int breaksIn(byte[] bytes) {
		int breaks = 0;
		for (byte each : bytes) {
			if (each == '\n' || each == '\r') {
				breaks++;
			}
		}
		return breaks;
	}

}
