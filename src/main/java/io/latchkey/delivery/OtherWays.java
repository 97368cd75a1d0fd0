package io.latchkey.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.PlacedLineRepository;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells what lets people in beside what is taken away from them. A fixed number of
 * queries, whatever the number of grants, nodes and people.
 */
@Service
@Transactional(readOnly = true)
public class OtherWays {

	private final WayReader reader;

	private final ReachedNodes reached;

	private final DeliveryRepository deliveries;

	private final PlacedLineRepository placedLines;

	private final Grants grants;

	private final Teams teams;

	private final Identities identities;

	private final Clusters clusters;

	private final Nodes nodes;

	OtherWays(WayReader reader, ReachedNodes reached, DeliveryRepository deliveries, PlacedLineRepository placedLines,
			Grants grants, Teams teams, Identities identities, Clusters clusters, Nodes nodes) {
		this.reader = reader;
		this.reached = reached;
		this.deliveries = deliveries;
		this.placedLines = placedLines;
		this.grants = grants;
		this.teams = teams;
		this.identities = identities;
		this.clusters = clusters;
		this.nodes = nodes;
	}

	/** Beside one grant, on the nodes that it reaches or reached. */
	public List<WayOnNodes> beside(GrantId grant) {
		Map<NodeId, List<OtherWay>> ways = besideEnded(Map.of(grant, this.deliveries.nodesOf(grant))).waysBeside(grant);
		return onNodes(ways, this.grants.reachOf(grant).account(), this.nodes.namesOf(ways.keySet()));
	}

	/** Beside these grants when all of them go, on the nodes that each reaches now. */
	public List<WayOnNodes> besideAll(Collection<GrantId> grants) {
		List<GrantReach> going = this.grants.reachesOf(grants);
		Map<GrantId, Set<NodeId>> on = this.reached.ofEach(going);
		Set<NodeId> all = on.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		return beside(going, (grant) -> on.getOrDefault(grant.id(), Set.of()), all, this.reader.read(going, all));
	}

	/** Beside all grants of a team, for one who is in it. */
	public List<WayOnNodes> besideTeam(String team, String identity) {
		IdentityId member = this.identities.idOf(identity);
		List<GrantReach> going = this.grants.unendedOf(Set.of(), Set.of(this.teams.idOf(team)));
		Set<NodeId> on = this.reached.of(going);
		return beside(going, on, this.reader
			.read(going.stream().collect(Collectors.toMap(GrantReach::id, (grant) -> Set.of(member))), on));
	}

	/** Beside all grants of a team, for all who are in it. */
	public List<WayOnNodes> besideTeam(String team) {
		List<GrantReach> going = this.grants.unendedOf(Set.of(), Set.of(this.teams.idOf(team)));
		Set<NodeId> on = this.reached.of(going);
		return beside(going, on, this.reader.read(going, on));
	}

	/** Beside all grants to a cluster, on one of its nodes. */
	public List<WayOnNodes> besideCluster(String cluster, String node) {
		List<GrantReach> going = this.grants.unendedOn(Set.of(), Set.of(this.clusters.idOf(cluster)));
		Set<NodeId> on = Set.of(this.nodes.idOf(node));
		return beside(going, on, this.reader.read(going, on));
	}

	private List<WayOnNodes> beside(List<GrantReach> going, Set<NodeId> on, Ways ways) {
		return beside(going, (grant) -> on, on, ways);
	}

	private List<WayOnNodes> beside(List<GrantReach> going, Function<GrantReach, Set<NodeId>> onEach, Set<NodeId> on,
			Ways ways) {
		Map<GrantId, Map<NodeId, List<OtherWay>>> found = found(going, onEach, ways,
				going.stream().map(GrantReach::id).collect(Collectors.toSet()));
		Map<NodeId, String> names = this.nodes.namesOf(on);
		Map<WayOnNodes, TreeSet<String>> all = new LinkedHashMap<>();
		for (GrantReach grant : going) {
			onNodes(found.getOrDefault(grant.id(), Map.of()), grant.account(), names).forEach((each) -> all
				.computeIfAbsent(new WayOnNodes(each.way(), each.account(), List.of()), (way) -> new TreeSet<>())
				.addAll(each.nodes()));
		}
		return all.entrySet()
			.stream()
			.map((each) -> new WayOnNodes(each.getKey().way(), each.getKey().account(), List.copyOf(each.getValue())))
			.toList();
	}

	/** What is left beside grants that have ended. */
	Left besideEnded(Map<GrantId, Set<NodeId>> grants) {
		if (grants.isEmpty()) {
			return Left.NOTHING;
		}
		Set<NodeId> on = grants.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		Collection<GrantReach> reaches = this.grants.reachesOf(grants.keySet());
		Ways ways = this.reader.read(reaches, on);
		return new Left(found(reaches, (grant) -> grants.getOrDefault(grant.id(), Set.of()), ways, Set.of()),
				withLines(reaches, ways));
	}

	/**
	 * What is left of the login where grants have ended.
	 *
	 * @param ways what lets in, by grant and node; none where there is no other way
	 * @param lines the nodes on which a line of Latchkey's own for those whom the grant
	 * was for is not known to be gone, by whatever grant it came
	 */
	record Left(Map<GrantId, Map<NodeId, List<OtherWay>>> ways, Map<GrantId, Set<NodeId>> lines) {

		static final Left NOTHING = new Left(Map.of(), Map.of());

		Map<NodeId, List<OtherWay>> waysBeside(GrantId grant) {
			return this.ways.getOrDefault(grant, Map.of());
		}

		/** Whether a line is there that nothing wants any more. */
		boolean isLineLeft(GrantId grant, NodeId node) {
			return this.lines.getOrDefault(grant, Set.of()).contains(node) && !waysBeside(grant).containsKey(node);
		}

	}

	private Map<GrantId, Set<NodeId>> withLines(Collection<GrantReach> reaches, Ways ways) {
		record Holding(String account, String identity) {
		}
		Map<IdentityId, String> names = this.identities
			.namesOf(ways.holders().values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
		Map<Holding, Set<NodeId>> standing = this.placedLines.standing(names.values())
			.stream()
			.collect(Collectors.groupingBy((line) -> new Holding(line.account(), line.identity()),
					Collectors.mapping(PlacedLineRepository.Standing::node, Collectors.toSet())));
		return reaches.stream()
			.collect(Collectors.toMap(GrantReach::id,
					(grant) -> ways.holders()
						.getOrDefault(grant.id(), Set.of())
						.stream()
						.map((holder) -> new Holding(grant.account(), names.getOrDefault(holder, "")))
						.flatMap((holding) -> standing.getOrDefault(holding, Set.of()).stream())
						.collect(Collectors.toSet())));
	}

	private Map<GrantId, Map<NodeId, List<OtherWay>>> found(Collection<GrantReach> reaches,
			Function<GrantReach, Set<NodeId>> on, Ways ways, Set<GrantId> without) {
		FoundWays found = new FoundWays(reaches, on, ways, without);
		return found.told(this.grants.all(found.grants()), this.identities.namesOf(found.identities()));
	}

	private static List<WayOnNodes> onNodes(Map<NodeId, List<OtherWay>> ways, String account,
			Map<NodeId, String> names) {
		Map<OtherWay, List<String>> nodesOf = new LinkedHashMap<>();
		ways.entrySet()
			.stream()
			.sorted(Comparator.comparing((each) -> names.getOrDefault(each.getKey(), "")))
			.forEach((each) -> each.getValue()
				.forEach((way) -> nodesOf.computeIfAbsent(way, (other) -> new ArrayList<>())
					.add(names.getOrDefault(each.getKey(), ""))));
		return nodesOf.entrySet()
			.stream()
			.map((each) -> new WayOnNodes(each.getKey(), account, List.copyOf(each.getValue())))
			.toList();
	}

}
