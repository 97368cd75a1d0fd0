package io.latchkey.identity;

import java.util.Set;

import io.latchkey.core.AuditableEvent;

/**
 * A team was deleted.
 *
 * @param members the identities that were in it
 */
public record TeamDeleted(TeamId id, String name, Set<IdentityId> members) implements AuditableEvent {

	@Override
	public String action() {
		return "team.deleted";
	}

	@Override
	public String subject() {
		return "team:" + this.name;
	}

	@Override
	public String detail() {
		return "members " + this.members.size();
	}

}
