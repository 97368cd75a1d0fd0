package io.latchkey.pages.identities;

import java.util.List;

import io.latchkey.grants.Grants;
import io.latchkey.identity.Identity;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;

import org.springframework.stereotype.Component;

/**
 * What has not ended of the grants that let an identity in, also by its teams.
 */
@Component
class IdentityReach {

	private final Grants grants;

	private final GrantRows rows;

	IdentityReach(Grants grants, GrantRows rows) {
		this.grants = grants;
		this.rows = rows;
	}

	List<GrantRow> of(Identity identity) {
		return this.rows.ofReaches(this.grants.unendedOf(identity.id()));
	}

	/** On how many nodes. */
	int nodesOf(Identity identity) {
		return GrantRow.nodesOf(of(identity));
	}

}
