package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;

/** An identity came into a team. */
public record TeamMemberAdded(TeamId team, String teamName, IdentityId identity,
		String identityName) implements AuditableEvent {

	@Override
	public String action() {
		return "team.member-added";
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
