package io.latchkey.grants;

import io.latchkey.core.AuditableEvent;

/**
 * A grant was issued.
 */
public record GrantIssued(Grant grant, GrantReach reach) implements AuditableEvent {

	@Override
	public String action() {
		return "grant.issued";
	}

	@Override
	public String subject() {
		return "grant:" + this.grant.id().value();
	}

	@Override
	public String detail() {
		return this.grant.summary();
	}

}
