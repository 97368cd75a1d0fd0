package io.latchkey.identity;

/** An identity went out of a team. */
public record TeamMemberRemoved(TeamId team, String teamName, IdentityId identity,
		String identityName) implements TeamMemberEvent {

	@Override
	public String action() {
		return "team.member-removed";
	}

}
