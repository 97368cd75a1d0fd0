package io.latchkey.grants;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Component;

/**
 * The nodes that grants reach now: those that they name, and those in the clusters that
 * they name.
 */
@Component
public class ReachedNodes {

	private final Clusters clusters;

	ReachedNodes(Clusters clusters) {
		this.clusters = clusters;
	}

	public Set<NodeId> of(GrantReach grant) {
		return of(List.of(grant));
	}

	public Set<NodeId> of(Collection<GrantReach> grants) {
		return ofEach(grants).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	/** The same, by grant. */
	public Map<GrantId, Set<NodeId>> ofEach(Collection<GrantReach> grants) {
		Map<ClusterId, Set<NodeId>> inClusters = this.clusters.nodesOf(grants.stream()
			.filter((grant) -> grant.targetKind() == Target.Kind.CLUSTER)
			.map((grant) -> new ClusterId(grant.targetId()))
			.collect(Collectors.toSet()));
		return grants.stream()
			.collect(Collectors.toMap(GrantReach::id,
					(grant) -> (grant.targetKind() == Target.Kind.NODE) ? Set.of(new NodeId(grant.targetId()))
							: inClusters.getOrDefault(new ClusterId(grant.targetId()), Set.of())));
	}

}
