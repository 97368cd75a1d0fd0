package io.latchkey.grants;

import io.latchkey.core.AuditableEvent;

/** Something happened to a grant. */
public interface GrantEvent extends AuditableEvent {

	Grant grant();

	/** Whom it lets in where, by ids. */
	GrantReach reach();

	@Override
	default String subject() {
		return "grant:" + grant().id().value();
	}

	@Override
	default String detail() {
		return grant().summary();
	}

}
