package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ansible's short form of many hosts: {@code web[01:50]}, {@code db-[a:f]}, and with a
 * step {@code web[0:10:2]}. Leading zeros are kept; there may be several in one name.
 */
final class HostRange {

	private static final Pattern RANGE = Pattern
		.compile("(.*?)\\[(?:(\\d{1,9}):(\\d{1,9})|([A-Za-z]):([A-Za-z]))(?::([1-9]\\d{0,8}))?\\](.*)");

	private HostRange() {
	}

	/**
	 * @return at most one more than {@link ListedNodes#MOST}; none when a range is
	 * malformed or leads back
	 */
	static List<String> expand(String text) {
		List<String> names = new ArrayList<>();
		return expand("", text, names) ? names : List.of();
	}

	private static boolean expand(String before, String text, List<String> names) {
		if (names.size() > ListedNodes.MOST) {
			return true;
		}
		if (text.indexOf('[') < 0) {
			names.add(before + text);
			return text.indexOf(']') < 0;
		}
		Matcher matcher = RANGE.matcher(text);
		if (!matcher.matches()) {
			return false;
		}
		boolean letters = matcher.group(4) != null;
		int first = letters ? matcher.group(4).charAt(0) : Integer.parseInt(matcher.group(2));
		int last = letters ? matcher.group(5).charAt(0) : Integer.parseInt(matcher.group(3));
		int step = (matcher.group(6) != null) ? Integer.parseInt(matcher.group(6)) : 1;
		if (last < first) {
			return false;
		}
		String form = letters ? "%c" : "%0" + matcher.group(2).length() + "d";
		for (long next = first; next <= last && names.size() <= ListedNodes.MOST; next += step) {
			if (!expand(before + matcher.group(1) + form.formatted((int) next), matcher.group(7), names)) {
				return false;
			}
		}
		return true;
	}

}
