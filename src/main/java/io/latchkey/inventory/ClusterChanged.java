package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;

/**
 * What is said of a cluster was changed; who came and went is told apart.
 *
 * @param fields the names of the fields that are different now
 */
public record ClusterChanged(ClusterId id, String name, List<String> fields) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.changed";
	}

	@Override
	public String subject() {
		return "cluster:" + this.name;
	}

	@Override
	public String detail() {
		return String.join(", ", this.fields);
	}

}
