package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/** A cluster was made; that its nodes came into it is told apart. */
public record ClusterCreated(ClusterId id, String name) implements AuditableEvent {

	@Override
	public String action() {
		return "cluster.created";
	}

	@Override
	public String subject() {
		return "cluster:" + this.name;
	}

	@Override
	public String detail() {
		return "";
	}

}
