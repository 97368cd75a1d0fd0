package io.latchkey.api.clusters;

import java.util.List;

import io.latchkey.api.body.NamedBody;
import io.latchkey.inventory.Cluster;
import org.jspecify.annotations.Nullable;

record ClusterRequest(@Nullable String name, @Nullable String displayName,
		@Nullable List<String> nodes) implements NamedBody {

	static ClusterRequest of(Cluster cluster) {
		return new ClusterRequest(cluster.name(), cluster.displayName(), cluster.nodes());
	}

	List<String> nodesOrNone() {
		return (this.nodes != null) ? this.nodes : List.of();
	}

}
