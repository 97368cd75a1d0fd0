package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** A suspended identity may be let in again, where it is granted. */
public record IdentityResumed(IdentityId id, String name) implements AuditableEvent {

	@Override
	public String action() {
		return "identity.resumed";
	}

	@Override
	public String subject() {
		return "identity:" + this.name;
	}

	@Override
	public String detail() {
		return "";
	}

}
