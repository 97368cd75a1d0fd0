package io.latchkey.openssh;

/**
 * A pattern for names as OpenSSH has it (ssh_config(5), PATTERNS): {@code *} stands for
 * any characters, {@code ?} for one. Letter case counts.
 *
 * @param text without the {@code !} of a negation
 */
public record NamePattern(String text) {

	/** Whether it is a name and no more. */
	public boolean isLiteral() {
		return this.text.indexOf('*') < 0 && this.text.indexOf('?') < 0;
	}

	/**
	 * Goes back to the last {@code *} only, so that the time grows with the product of
	 * both lengths at most, whatever the pattern.
	 */
	public boolean matches(String name) {
		int at = 0;
		int next = 0;
		int star = -1;
		int resume = 0;
		while (at < name.length()) {
			if (next < this.text.length() && this.text.charAt(next) == '*') {
				star = next++;
				resume = at;
			}
			else if (next < this.text.length()
					&& (this.text.charAt(next) == '?' || this.text.charAt(next) == name.charAt(at))) {
				next++;
				at++;
			}
			else if (star >= 0) {
				next = star + 1;
				at = ++resume;
			}
			else {
				return false;
			}
		}
		while (next < this.text.length() && this.text.charAt(next) == '*') {
			next++;
		}
		return next == this.text.length();
	}

}
