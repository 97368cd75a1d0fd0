package io.latchkey.api.clusters;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.internode.InterNode;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.inventory.Cluster;
import org.jspecify.annotations.Nullable;

record ClusterAnswer(String name, @Nullable String displayName, List<String> nodes, StrategyAnswer interNode,
		@JsonIgnore long version) implements Versioned {

	static ClusterAnswer of(Cluster cluster, InterNode interNode) {
		return new ClusterAnswer(cluster.name(), cluster.displayName(), cluster.nodes(),
				new StrategyAnswer(interNode.strategy(), interNode.account()), cluster.version());
	}

	/**
	 * With which keys the nodes log in to each other.
	 */
	record StrategyAnswer(InterNodeStrategy strategy, @Nullable String account) {

	}

}
