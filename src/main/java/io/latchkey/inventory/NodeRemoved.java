package io.latchkey.inventory;

import java.util.Set;

import io.latchkey.core.AuditableEvent;

/**
 * A node was removed, and its pins and memberships with it.
 *
 * @param clusters the clusters that it was in
 */
public record NodeRemoved(NodeId id, String name, Set<ClusterId> clusters) implements AuditableEvent {

	@Override
	public String action() {
		return "node.removed";
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
