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
		return WildcardPattern.matches(name, this.text);
	}

}
