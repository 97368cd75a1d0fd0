package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** An identity was suspended: none of its keys may stand on nodes. */
public record IdentitySuspended(IdentityId id, String name) implements AuditableEvent {

	@Override
	public String action() {
		return "identity.suspended";
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
