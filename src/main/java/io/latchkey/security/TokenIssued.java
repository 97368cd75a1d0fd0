package io.latchkey.security;

import io.latchkey.core.AuditableEvent;

/** A token for the API was made. */
public record TokenIssued(ApiToken token) implements AuditableEvent {

	@Override
	public String action() {
		return "token.issued";
	}

	@Override
	public String subject() {
		return "token:" + this.token.name();
	}

	@Override
	public String detail() {
		return "%s, id %s, %s".formatted(this.token.role(), this.token.id(),
				(this.token.expiresAt() != null) ? "until " + this.token.expiresAt() : "without an end");
	}

}
