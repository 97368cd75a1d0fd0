package io.latchkey.passwords;

import io.latchkey.core.AuditableEvent;
import io.latchkey.inventory.NodeId;

/**
 * A node's sshd was switched, and a fresh login has proved it.
 */
public record PasswordLoginDecided(NodeId node, String nodeName, PasswordChoice choice,
		PasswordChoice before) implements AuditableEvent {

	@Override
	public String action() {
		return "node.password-login-decided";
	}

	@Override
	public String subject() {
		return "node:" + this.nodeName;
	}

	@Override
	public String detail() {
		return "passwords %s (before: %s), root login %s (before: %s)".formatted(this.choice.passwords(),
				this.before.passwords(), this.choice.rootLogin(), this.before.rootLogin());
	}

}
