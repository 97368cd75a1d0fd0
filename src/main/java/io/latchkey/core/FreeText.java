package io.latchkey.core;

import org.jspecify.annotations.Nullable;

/**
 * Text that people write as they like: one line without control characters.
 */
public final class FreeText {

	/** The most characters that it may have. */
	public static final int LIMIT = 200;

	private static final int REPLACEMENT = 0xFFFD;

	private FreeText() {
	}

	/** The text without blanks around it, or null when nothing is left. */
	public static @Nullable String trim(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	/**
	 * Whether the text is one line without control characters, and shows as what it is.
	 */
	public static boolean isPlain(String text) {
		return text.codePoints().noneMatch(FreeText::isControl);
	}

	/**
	 * The text as one line: runs of blanks and control characters become one space, and
	 * what is over {@link #LIMIT} is cut off.
	 */
	public static String oneLine(String text) {
		StringBuilder line = new StringBuilder();
		text.codePoints().map((c) -> isControl(c) ? ' ' : c).limit(LIMIT * 4L).forEach(line::appendCodePoint);
		String plain = line.toString().strip().replaceAll("\\s+", " ");
		int end = plain.offsetByCodePoints(0, Math.min(LIMIT, plain.codePointCount(0, plain.length())));
		return plain.substring(0, end).strip();
	}

	/** The text with U+FFFD for whatever does not show as what it is. */
	static String shown(String text) {
		if (isPlain(text)) {
			return text;
		}
		StringBuilder shown = new StringBuilder();
		text.codePoints().map((c) -> isControl(c) ? REPLACEMENT : c).forEach(shown::appendCodePoint);
		return shown.toString();
	}

	/** What changes the direction of text counts too: with it a text shows as another. */
	private static boolean isControl(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				true;
			default -> codePoint == 0x61C || codePoint == 0x200E || codePoint == 0x200F
					|| (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
		};
	}

}
