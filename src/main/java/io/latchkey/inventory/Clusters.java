package io.latchkey.inventory;

import io.latchkey.core.Saved;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The clusters and which nodes are in them.
 */
public class Clusters {

	public Cluster create(String name, @Nullable String displayName, java.util.List<String> nodes) {
		throw new UnsupportedOperationException();
	}

	public Saved<Cluster> put(String name, @Nullable String displayName, java.util.List<String> nodes,
			@Nullable Long expectedVersion) {
		throw new UnsupportedOperationException();
	}

	public void delete(String name) {
		throw new UnsupportedOperationException();
	}

	public Cluster get(String name) {
		throw new UnsupportedOperationException();
	}

	public Page<Cluster> list(@Nullable String query, Pageable page) {
		throw new UnsupportedOperationException();
	}

	public Cluster addNode(String cluster, String node) {
		throw new UnsupportedOperationException();
	}

	public Cluster removeNode(String cluster, String node) {
		throw new UnsupportedOperationException();
	}

}
