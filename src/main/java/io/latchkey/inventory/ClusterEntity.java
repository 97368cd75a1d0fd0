package io.latchkey.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.GroupEntity;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "cluster")
class ClusterEntity extends GroupEntity {

	@ElementCollection
	@CollectionTable(name = "cluster_node", joinColumns = @JoinColumn(name = "cluster_id"))
	@Column(name = "node_id")
	private Set<Long> nodes = new HashSet<>();

	protected ClusterEntity() {
	}

	ClusterEntity(String name, @Nullable String displayName) {
		super(name, displayName);
	}

	@Override
	protected Set<Long> memberKeys() {
		return this.nodes;
	}

	ClusterId id() {
		return new ClusterId(key());
	}

	Set<NodeId> nodes() {
		return this.nodes.stream().map(NodeId::new).collect(Collectors.toUnmodifiableSet());
	}

	Cluster toCluster(List<String> nodeNames) {
		return new Cluster(id(), name(), displayName(), nodeNames, version());
	}

}
