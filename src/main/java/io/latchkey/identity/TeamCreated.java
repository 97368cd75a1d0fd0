package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** A team was made; that its members came into it is told apart. */
public record TeamCreated(TeamId id, String name) implements AuditableEvent {

	@Override
	public String action() {
		return "team.created";
	}

	@Override
	public String subject() {
		return "team:" + this.name;
	}

	@Override
	public String detail() {
		return "";
	}

}
