package io.latchkey.passwords;

import io.latchkey.core.AuditableEvent;

/**
 * Somebody had undone on the node what was decided, and a run has put it right.
 */
public record PasswordLoginMended(String nodeName, PasswordChoice choice) implements AuditableEvent {

	@Override
	public String action() {
		return "node.password-login-mended";
	}

	@Override
	public String subject() {
		return "node:" + this.nodeName;
	}

	@Override
	public String detail() {
		return "passwords %s, root login %s".formatted(this.choice.passwords(), this.choice.rootLogin());
	}

}
