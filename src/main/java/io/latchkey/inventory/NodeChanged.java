package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;

/**
 * What is said of a node was changed.
 *
 * @param fields the names of the fields that are different now
 */
public record NodeChanged(NodeId id, String name, List<String> fields) implements AuditableEvent {

	/** Whether it is let in by another of Latchkey's own keys now. */
	public boolean isOfManagementKey() {
		return this.fields.contains(NodeEntity.MANAGEMENT_KEY);
	}

	@Override
	public String action() {
		return "node.changed";
	}

	@Override
	public String subject() {
		return "node:" + this.name;
	}

	@Override
	public String detail() {
		return String.join(", ", this.fields);
	}

}
