package io.latchkey.identity;

/** An identity came into a team. */
public record TeamMemberAdded(TeamId team, String teamName, IdentityId identity,
		String identityName) implements TeamMemberEvent {

	@Override
	public String action() {
		return "team.member-added";
	}

}
