package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** An identity went out of a team. */
public record TeamMemberRemoved(TeamId team, String teamName, IdentityId identity,
		String identityName) implements AuditableEvent {

	@Override
	public String action() {
		return "team.member-removed";
	}

	@Override
	public String subject() {
		return "team:" + this.teamName;
	}

	@Override
	public String detail() {
		return "identity:" + this.identityName;
	}

}
