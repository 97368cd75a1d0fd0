package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * Ansible's short form of many hosts: {@code web[01:50]}, {@code db-[a:f]},
 * {@code web[:9]} from 0 on, and with a step {@code web[0:10:2]}. Leading zeros are kept,
 * and then both ends are equally long; there may be several in one name.
 */
final class HostRange {

	private static final int MOST_DIGITS = 9;

	private static final int MOST_RANGES = 16;

	private HostRange() {
	}

	/**
	 * @return at most one more than {@link ListedNodes#MOST}; none when a range is
	 * malformed or leads back
	 */
	static List<String> expand(String text) {
		if (text.chars().filter((next) -> next == '[').count() > MOST_RANGES) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		return expand("", text, names) ? names : List.of();
	}

	private static boolean expand(String before, String text, List<String> names) {
		if (names.size() > ListedNodes.MOST) {
			return true;
		}
		int begin = text.indexOf('[');
		int end = text.indexOf(']');
		if (begin < 0 && end < 0) {
			names.add(before + text);
			return true;
		}
		if (begin < 0 || end < begin) {
			return false;
		}
		String[] bounds = text.substring(begin + 1, end).split(":", -1);
		if (bounds.length < 2 || bounds.length > 3 || (bounds.length == 3 && !isNumber(bounds[2]))) {
			return false;
		}
		int step = (bounds.length == 3) ? Integer.parseInt(bounds[2]) : 1;
		if (step < 1) {
			return false;
		}
		return expand(before + text.substring(0, begin), bounds[0].isEmpty() ? "0" : bounds[0], bounds[1], step,
				text.substring(end + 1), names);
	}

	private static boolean expand(String before, String first, String last, int step, String after,
			List<String> names) {
		boolean letters = isLetter(first) && isLetter(last);
		if (!letters && (!isNumber(first) || !isNumber(last)
				|| (first.length() > 1 && first.startsWith("0") && first.length() != last.length()))) {
			return false;
		}
		int begin = letters ? place(first) : Integer.parseInt(first);
		int end = letters ? place(last) : Integer.parseInt(last);
		int width = (first.length() > 1 && first.startsWith("0")) ? first.length() : 1;
		if (end < begin) {
			return false;
		}
		for (long next = begin; next <= end && names.size() <= ListedNodes.MOST; next += step) {
			String part = letters ? String.valueOf(letter((int) next)) : ("%0" + width + "d").formatted(next);
			if (!expand(before + part, after, names)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() <= MOST_DIGITS
				&& text.chars().allMatch((next) -> next >= '0' && next <= '9');
	}

	private static boolean isLetter(String text) {
		return text.length() == 1 && place(text) >= 0;
	}

	/** Lower case goes before upper case, and one leads over to the other. */
	private static int place(String letter) {
		char next = letter.charAt(0);
		if (next >= 'a' && next <= 'z') {
			return next - 'a';
		}
		return (next >= 'A' && next <= 'Z') ? next - 'A' + 26 : -1;
	}

	private static char letter(int place) {
		return (char) ((place < 26) ? 'a' + place : 'A' + place - 26);
	}

}
