package io.latchkey.internode;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

	static Map<ClusterId, InterNode> of(Collection<ClusterId> clusters, List<Generation> all) {
		Map<ClusterId, List<Generation>> generations = all.stream().collect(Collectors.groupingBy(Generation::cluster));
		return clusters.stream()
			.distinct()
			.collect(Collectors.toMap((id) -> id, (id) -> of(id, generations.getOrDefault(id, List.of()))));
	}

	/** Whether a newer generation takes the place of an older one. */
	public boolean isRotating() {
		return this.generations.size() > 1;
	}

}
