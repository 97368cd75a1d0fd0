package io.latchkey.grants;

import io.latchkey.core.AuditableEvent;

/**
 * The end of a grant was moved.
 */
public record GrantEndChanged(Grant grant, GrantReach reach) implements AuditableEvent {

	@Override
	public String action() {
		return "grant.end-changed";
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
