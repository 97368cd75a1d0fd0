package io.latchkey.pages.identities;

import java.util.List;
import java.util.Set;

import io.latchkey.grants.Grants;
import io.latchkey.identity.Identity;
import io.latchkey.identity.Teams;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;

import org.springframework.stereotype.Component;

/**
 * What has not ended of the grants that let an identity in, also by its teams.
 */
@Component
class IdentityReach {

	private final Teams teams;

	private final Grants grants;

	private final GrantRows rows;

	IdentityReach(Teams teams, Grants grants, GrantRows rows) {
		this.teams = teams;
		this.grants = grants;
		this.rows = rows;
	}

	List<GrantRow> of(Identity identity) {
		return this.rows.ofReaches(this.grants.unendedOf(Set.of(identity.id()), this.teams.teamsOf(identity.id())));
	}

	/** On how many nodes. */
	int nodesOf(Identity identity) {
		return GrantRow.nodesOf(of(identity));
	}

}
