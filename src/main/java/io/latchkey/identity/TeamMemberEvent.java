package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** An identity came into a team or went out of it. */
public interface TeamMemberEvent extends AuditableEvent {

	String teamName();

	String identityName();

	@Override
	default String subject() {
		return "team:" + teamName();
	}

	@Override
	default String detail() {
		return "identity:" + identityName();
	}

}
