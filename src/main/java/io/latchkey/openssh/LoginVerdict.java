package io.latchkey.openssh;

/**
 * What one rule says of a login.
 *
 * @param detail the pattern, list or size that decides, as sshd has it; may be empty
 */
public record LoginVerdict(Kind kind, LoginRule rule, String detail) {

	/** How sure it is that the login fails. */
	public enum Kind {

		/** It fails, wherever it comes from. */
		REFUSED,
		/** It depends on what is not known beforehand, such as where it comes from. */
		DEPENDS

	}

	static LoginVerdict refused(LoginRule rule, String detail) {
		return new LoginVerdict(Kind.REFUSED, rule, detail);
	}

	static LoginVerdict depends(LoginRule rule, String detail) {
		return new LoginVerdict(Kind.DEPENDS, rule, detail);
	}

	public boolean isRefusal() {
		return this.kind == Kind.REFUSED;
	}

}
