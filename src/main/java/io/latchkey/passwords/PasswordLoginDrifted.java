package io.latchkey.passwords;

import io.latchkey.core.AuditableEvent;

/**
 * Somebody has undone on the node what was decided, and a run has noticed.
 *
 * @param what for a person
 */
public record PasswordLoginDrifted(String nodeName, String what) implements AuditableEvent {

	@Override
	public String action() {
		return "node.password-login-drifted";
	}

	@Override
	public String subject() {
		return "node:" + this.nodeName;
	}

	@Override
	public String detail() {
		return this.what;
	}

}
