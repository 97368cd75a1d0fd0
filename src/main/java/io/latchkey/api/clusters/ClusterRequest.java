package io.latchkey.api.clusters;

import java.util.List;

import io.latchkey.core.Faults;
import io.latchkey.inventory.Cluster;
import org.jspecify.annotations.Nullable;

record ClusterRequest(@Nullable String name, @Nullable String displayName, @Nullable List<String> nodes) {

	static ClusterRequest of(Cluster cluster) {
		return new ClusterRequest(cluster.name(), cluster.displayName(), cluster.nodes());
	}

	String checkedName() {
		Faults faults = new Faults();
		String checked = faults.name(this.name);
		faults.check();
		return checked;
	}

	void checkName(String path) {
		Faults faults = new Faults();
		faults.name(path, this.name);
		faults.check();
	}

	List<String> nodesOrNone() {
		return (this.nodes != null) ? this.nodes : List.of();
	}

}
