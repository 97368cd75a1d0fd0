package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** An identity was made. */
public record IdentityCreated(IdentityId id, String name, IdentityKind kind) implements AuditableEvent {

	@Override
	public String action() {
		return "identity.created";
	}

	@Override
	public String subject() {
		return "identity:" + this.name;
	}

	@Override
	public String detail() {
		return this.kind.name();
	}

}
