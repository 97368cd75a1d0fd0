package io.latchkey.users;

import io.latchkey.core.AuditableEvent;

/** A user who can sign in was made. */
public record UserCreated(String username, Role role) implements AuditableEvent {

	@Override
	public String action() {
		return "user.created";
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	@Override
	public String detail() {
		return this.role.name();
	}

}
