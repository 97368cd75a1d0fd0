package io.latchkey.logins;

import io.latchkey.core.AuditableEvent;

/**
 * It was asked that one live session be ended.
 */
public record SessionEndAsked(String node, String account, long process) implements AuditableEvent {

	@Override
	public String action() {
		return "session.end-asked";
	}

	@Override
	public String subject() {
		return "node:" + this.node;
	}

	@Override
	public String detail() {
		return "of %s, process %d".formatted(this.account, this.process);
	}

}
