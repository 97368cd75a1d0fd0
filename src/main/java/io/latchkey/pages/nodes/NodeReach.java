package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Set;

import io.latchkey.grants.Grants;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;

import org.springframework.stereotype.Component;

/**
 * What has not ended of the grants that let in on a node, also by its clusters.
 */
@Component
class NodeReach {

	private final Clusters clusters;

	private final Grants grants;

	private final GrantRows rows;

	NodeReach(Clusters clusters, Grants grants, GrantRows rows) {
		this.clusters = clusters;
		this.grants = grants;
		this.rows = rows;
	}

	List<GrantRow> of(Node node) {
		return this.rows.ofReaches(this.grants.unendedOn(Set.of(node.id()), this.clusters.clustersOf(node.id())));
	}

}
