package io.latchkey.passwords;

import io.latchkey.core.AuditableEvent;

/**
 * Somebody wants a node's sshd switched; nothing was done yet.
 */
public record PasswordLoginAsked(String nodeName, PasswordChoice choice) implements AuditableEvent {

	@Override
	public String action() {
		return "node.password-login-asked";
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
