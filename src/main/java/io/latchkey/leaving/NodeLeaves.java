package io.latchkey.leaving;

import io.latchkey.core.AuditableEvent;

/**
 * It was asked that a node be cleaned and deleted.
 */
public record NodeLeaves(String name) implements AuditableEvent {

	@Override
	public String action() {
		return "node.leaves";
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
