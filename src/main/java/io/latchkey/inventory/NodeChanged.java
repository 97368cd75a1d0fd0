package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;

/**
 * What is said of a node was changed.
 *
 * @param fields the names of the fields that are different now
 */
public record NodeChanged(NodeId id, String name, List<String> fields) implements AuditableEvent {

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
