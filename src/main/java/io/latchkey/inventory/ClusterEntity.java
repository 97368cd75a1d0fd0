package io.latchkey.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "cluster")
class ClusterEntity {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String name;

	private @Nullable String displayName;

	private long version;

	@ElementCollection
	@CollectionTable(name = "cluster_node", joinColumns = @JoinColumn(name = "cluster_id"))
	@Column(name = "node_id")
	private Set<Long> nodes = new HashSet<>();

	@SuppressWarnings("NullAway.Init")
	protected ClusterEntity() {
	}

	ClusterEntity(String name, @Nullable String displayName) {
		this.name = name;
		this.displayName = displayName;
	}

	/** Returns whether it is another than before. */
	boolean rename(@Nullable String displayName) {
		if (Objects.equals(this.displayName, displayName)) {
			return false;
		}
		this.displayName = displayName;
		touch();
		return true;
	}

	void add(NodeId node) {
		this.nodes.add(node.value());
	}

	void remove(NodeId node) {
		this.nodes.remove(node.value());
	}

	void touch() {
		this.version++;
	}

	ClusterId id() {
		return new ClusterId(Objects.requireNonNull(this.id));
	}

	String name() {
		return this.name;
	}

	Set<NodeId> nodes() {
		return this.nodes.stream().map(NodeId::new).collect(Collectors.toUnmodifiableSet());
	}

	long version() {
		return this.version;
	}

	Cluster toCluster(List<String> nodeNames) {
		return new Cluster(id(), this.name, this.displayName, nodeNames, this.version);
	}

}
