package io.latchkey.identity;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.GroupMembers;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Who comes into a team and goes out of it.
 */
@Component
class TeamMembers extends GroupMembers<TeamEntity, IdentityEntity> {

	TeamMembers(IdentityRepository identities, ApplicationEventPublisher events) {
		super(identities, events);
	}

	@Override
	protected Fault unknown(String name) {
		return Fault.of("members", "identity.unknown", name);
	}

	@Override
	protected AuditableEvent added(TeamEntity team, IdentityEntity identity) {
		return new TeamMemberAdded(team.id(), team.name(), identity.id(), identity.name());
	}

	@Override
	protected AuditableEvent removed(TeamEntity team, IdentityEntity identity) {
		return new TeamMemberRemoved(team.id(), team.name(), identity.id(), identity.name());
	}

}
