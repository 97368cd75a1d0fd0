package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/**
 * A node lets the management key in.
 */
public record NodeEnrolled(NodeId id, String name) implements AuditableEvent {

	@Override
	public String action() {
		return "node.enrolled";
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
