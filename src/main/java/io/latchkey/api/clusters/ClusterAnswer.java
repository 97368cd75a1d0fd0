package io.latchkey.api.clusters;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.inventory.Cluster;
import org.jspecify.annotations.Nullable;

record ClusterAnswer(String name, @Nullable String displayName, List<String> nodes,
		@JsonIgnore long version) implements Versioned {

	static ClusterAnswer of(Cluster cluster) {
		return new ClusterAnswer(cluster.name(), cluster.displayName(), cluster.nodes(), cluster.version());
	}

}
