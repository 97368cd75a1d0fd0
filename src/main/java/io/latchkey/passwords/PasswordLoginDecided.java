package io.latchkey.passwords;

import io.latchkey.core.Actor;
import io.latchkey.core.AuditableEvent;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A node's sshd was switched, and a fresh login has proved it.
 *
 * @param actor null for whom the thread works for
 */
public record PasswordLoginDecided(NodeId node, String nodeName, PasswordChoice choice, PasswordChoice before,
		@Nullable Actor actor) implements AuditableEvent {

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
