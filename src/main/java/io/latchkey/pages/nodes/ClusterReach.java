package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Set;

import io.latchkey.grants.Grants;
import io.latchkey.inventory.Cluster;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;

import org.springframework.stereotype.Component;

/**
 * What has not ended of the grants on a cluster.
 */
@Component
class ClusterReach {

	private final Grants grants;

	private final GrantRows rows;

	ClusterReach(Grants grants, GrantRows rows) {
		this.grants = grants;
		this.rows = rows;
	}

	List<GrantRow> of(Cluster cluster) {
		return this.rows.ofReaches(this.grants.unendedOn(Set.of(), Set.of(cluster.id())));
	}

	/** On how many nodes. */
	int nodesOf(Cluster cluster) {
		return GrantRow.nodesOf(of(cluster));
	}

}
