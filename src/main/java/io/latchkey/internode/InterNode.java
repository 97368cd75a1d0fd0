package io.latchkey.internode;

import java.util.List;

import io.latchkey.inventory.ClusterId;
import org.jspecify.annotations.Nullable;

/**
 * The inter-node keys of a cluster.
 *
 * @param account as which the nodes log in to each other; null without a strategy
 * @param generations the oldest first: none, one, or two while the newer takes the place
 * of the older
 */
public record InterNode(ClusterId cluster, InterNodeStrategy strategy, @Nullable String account,
		List<Generation> generations) {

	static InterNode of(ClusterId cluster, List<Generation> generations) {
		if (generations.isEmpty()) {
			return new InterNode(cluster, InterNodeStrategy.NONE, null, List.of());
		}
		Generation newest = generations.get(generations.size() - 1);
		return new InterNode(cluster, newest.strategy(), newest.account(), generations);
	}

	/** Whether a newer generation takes the place of an older one. */
	public boolean isRotating() {
		return this.generations.size() > 1;
	}

}
