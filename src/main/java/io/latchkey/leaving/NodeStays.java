package io.latchkey.leaving;

import io.latchkey.core.AuditableEvent;

/**
 * A node that was to be cleaned and deleted is kept.
 */
public record NodeStays(String name) implements AuditableEvent {

	@Override
	public String action() {
		return "node.stays";
	}

	@Override
	public String subject() {
		return "node:" + this.name;
	}

	@Override
	public String detail() {
		return "";
	}

}
