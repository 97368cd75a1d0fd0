package io.latchkey.inventory;

import java.util.List;
import java.util.Set;

import io.latchkey.core.AuditableEvent;

/**
 * A node was removed, and its memberships with it.
 *
 * @param clusters the clusters that it was in
 * @param hostKeys the fingerprints by which it was known
 */
public record NodeRemoved(NodeId id, String name, Set<ClusterId> clusters,
		List<String> hostKeys) implements AuditableEvent {

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
		return String.join(", ", this.hostKeys);
	}

}
