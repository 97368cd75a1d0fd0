package io.latchkey.openssh;

/**
 * Text that somebody else wrote, as it is shown: whatever would show as something else,
 * or not at all, stands as U+FFFD. These are the control characters (ISO 6429, C0 without
 * the tab, and C1), the separators of lines and paragraphs, and what changes the
 * direction of text (UAX #9, section 2).
 */
public final class ShownText {

	private static final char REPLACEMENT = '\uFFFD';

	private ShownText() {
	}

	/** The text itself where all of it shows as what it is. */
	public static String of(String text) {
		int first = firstHidden(text);
		if (first == text.length()) {
			return text;
		}
		StringBuilder shown = new StringBuilder(text);
		for (int i = first; i < shown.length(); i++) {
			if (isHidden(shown.charAt(i))) {
				shown.setCharAt(i, REPLACEMENT);
			}
		}
		return shown.toString();
	}

	/** Whether all of a text that is shown is known: nothing of it stands as U+FFFD. */
	public static boolean isWhole(String shown) {
		return shown.indexOf(REPLACEMENT) < 0;
	}

	/** What of it is one line: each run of control characters is a blank. */
	public static String inOneLine(String text) {
		return of(text.replaceAll("\\p{Cntrl}+", " ")).strip();
	}

	private static int firstHidden(String text) {
		int first = 0;
		while (first < text.length() && !isHidden(text.charAt(first))) {
			first++;
		}
		return first;
	}

	/** All of them are in the first plane, and so is each half of a pair. */
	private static boolean isHidden(char c) {
		return (c < ' ' && c != '\t') || (c >= 0x7F && c <= 0x9F) || c == 0x61C || c == 0x200E || c == 0x200F
				|| (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
	}

}
