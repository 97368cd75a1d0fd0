package io.latchkey.openssh;

/**
 * A pattern of ssh_config(5), PATTERNS: {@code *} stands for any characters, {@code ?}
 * for one. Nothing escapes them.
 */
final class WildcardPattern {

	private WildcardPattern() {
	}

	/** Takes a time that grows with the product of both lengths, whatever the pattern. */
	static boolean matches(String text, String pattern) {
		int at = 0;
		int position = 0;
		int star = -1;
		int resume = 0;
		while (position < text.length()) {
			if (at < pattern.length() && pattern.charAt(at) == '*') {
				star = at++;
				resume = position;
			}
			else if (at < pattern.length()
					&& (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(position))) {
				at++;
				position++;
			}
			else if (star >= 0) {
				at = star + 1;
				position = ++resume;
			}
			else {
				return false;
			}
		}
		while (at < pattern.length() && pattern.charAt(at) == '*') {
			at++;
		}
		return at == pattern.length();
	}

	/** Whether everything fits it. */
	static boolean isForAll(String pattern) {
		return !pattern.isEmpty() && pattern.chars().allMatch((c) -> c == '*');
	}

}
