package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/**
 * A node was added; it is not enrolled yet.
 */
public record NodeAdded(NodeId id, String name, String address, int port,
		boolean legacyAlgorithms) implements AuditableEvent {

	@Override
	public String action() {
		return "node.added";
	}

	@Override
	public String subject() {
		return "node:" + this.name;
	}

	@Override
	public String detail() {
		return this.address + " port " + this.port + (this.legacyAlgorithms ? ", legacy algorithms" : "");
	}

}
