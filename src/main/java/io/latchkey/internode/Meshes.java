package io.latchkey.internode;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the nodes of clusters have to hold so that they reach each other.
 */
@Service
@Transactional(readOnly = true)
public class Meshes {

	private final InterNodeRepository repository;

	private final Clusters clusters;

	private final Nodes nodes;

	Meshes(InterNodeRepository repository, Clusters clusters, Nodes nodes) {
		this.repository = repository;
		this.clusters = clusters;
		this.nodes = nodes;
	}

	/** The part of each node of a cluster; none without a strategy. */
	public List<MeshPart> partsIn(ClusterId cluster) {
		Map<NodeId, Set<ClusterId>> clustersOf = this.clusters.nodesOf(Set.of(cluster))
			.getOrDefault(cluster, Set.of())
			.stream()
			.collect(Collectors.toMap((node) -> node, (node) -> Set.of(cluster)));
		return partsOf(clustersOf).values().stream().flatMap(List::stream).toList();
	}

	/**
	 * What nodes have to hold, in a fixed number of queries.
	 * @param clustersOf the clusters that they are in
	 */
	public Map<NodeId, List<MeshPart>> partsOf(Map<NodeId, Set<ClusterId>> clustersOf) {
		List<Generation> all = this.repository
			.generationsOf(clustersOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
		if (all.isEmpty()) {
			return Map.of();
		}
		Map<ClusterId, List<Generation>> generations = all.stream().collect(Collectors.groupingBy(Generation::cluster));
		Map<GenerationId, List<Pair>> pairs = this.repository.pairsOf(all)
			.stream()
			.collect(Collectors.groupingBy(Pair::generation));
		Map<ClusterId, List<Pair>> pairsIn = new HashMap<>();
		generations.forEach((cluster, of) -> pairsIn.put(cluster,
				of.stream().flatMap((each) -> pairs.getOrDefault(each.id(), List.of()).stream()).toList()));
		Map<ClusterId, List<Member>> members = membersOf(generations.keySet());
		Map<ClusterId, String> names = this.clusters.namesOf(generations.keySet());
		Map<ClusterId, Map<NodeId, Proof>> proofs = this.repository.proofsIn(generations.keySet());
		Map<NodeId, List<MeshPart>> parts = new HashMap<>();
		clustersOf.forEach((node, in) -> parts.put(node,
				in.stream()
					.filter(generations::containsKey)
					.sorted((one, other) -> Long.compare(one.value(), other.value()))
					.map((cluster) -> new MeshPart(node, cluster, names.getOrDefault(cluster, ""),
							generations.getOrDefault(cluster, List.of()), pairsIn.getOrDefault(cluster, List.of()),
							members.getOrDefault(cluster, List.of()), proofs.getOrDefault(cluster, Map.of()).get(node)))
					.toList()));
		return parts;
	}

	private Map<ClusterId, List<Member>> membersOf(Collection<ClusterId> ids) {
		Map<ClusterId, Set<NodeId>> nodesOf = this.clusters.nodesOf(ids);
		Map<NodeId, Node> found = this.nodes
			.all(nodesOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
			.stream()
			.collect(Collectors.toMap(Node::id, (node) -> node));
		Map<ClusterId, List<Member>> members = new HashMap<>();
		nodesOf.forEach((cluster, in) -> members.put(cluster,
				in.stream()
					.map(found::get)
					.filter(Objects::nonNull)
					.map(Member::of)
					.sorted((one, other) -> one.name().compareTo(other.name()))
					.toList()));
		return members;
	}

	/**
	 * The nodes whose part changes with this one: those of its clusters that have a
	 * strategy.
	 */
	public Set<NodeId> neighboursOf(Collection<ClusterId> in) {
		Set<ClusterId> with = this.repository.generationsOf(in)
			.stream()
			.map(Generation::cluster)
			.collect(Collectors.toSet());
		return this.clusters.nodesOf(with).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

}
