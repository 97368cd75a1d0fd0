package io.latchkey.security;

import io.latchkey.core.AuditableEvent;

/** A token for the API was deleted and is refused from now on. */
public record TokenDeleted(ApiToken token) implements AuditableEvent {

	@Override
	public String action() {
		return "token.deleted";
	}

	@Override
	public String subject() {
		return "token:" + this.token.name();
	}

	@Override
	public String detail() {
		return "%s, id %s".formatted(this.token.role(), this.token.id());
	}

}
