package io.latchkey.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.NodeId;

/**
 * The ways in beside some grants, by grant and node: found first, and then told in names,
 * so that all names are read at once.
 */
final class FoundWays {

	/** How many are told of one account on one node. */
	private static final int MOST = 20;

	private final Collection<GrantReach> reaches;

	private final Ways ways;

	private final Map<GrantId, Map<NodeId, List<Ways.Shared>>> shared = new HashMap<>();

	private final Map<Ways.Shared, OtherWay> told = new HashMap<>();

	/**
	 * @param on the nodes that each of the grants reaches or reached
	 * @param without which others are not counted
	 */
	FoundWays(Collection<GrantReach> reaches, Function<GrantReach, Set<NodeId>> on, Ways ways, Set<GrantId> without) {
		this.reaches = reaches;
		this.ways = ways;
		for (GrantReach grant : reaches) {
			Map<NodeId, List<Ways.Shared>> byNode = new HashMap<>();
			on.apply(grant).forEach((node) -> byNode.put(node, ways.grantsBeside(grant, node, without)));
			this.shared.put(grant.id(), byNode);
		}
	}

	/** The other grants that are told of. */
	Set<GrantId> grants() {
		return all().map((each) -> each.grant().id()).collect(Collectors.toSet());
	}

	/** Those who are named. */
	Set<IdentityId> identities() {
		return Stream.concat(all().flatMap((each) -> each.identities().stream()), this.ways.keys().values().stream())
			.collect(Collectors.toSet());
	}

	private Stream<Ways.Shared> all() {
		return this.shared.values().stream().flatMap((byNode) -> byNode.values().stream()).flatMap(List::stream);
	}

	/** None where there is no other way. */
	Map<GrantId, Map<NodeId, List<OtherWay>>> told(Map<GrantId, Grant> known, Map<IdentityId, String> names) {
		Map<GrantId, Map<NodeId, List<OtherWay>>> all = new HashMap<>();
		for (GrantReach grant : this.reaches) {
			Map<NodeId, List<OtherWay>> byNode = new HashMap<>();
			this.shared.getOrDefault(grant.id(), Map.of()).forEach((node, beside) -> {
				List<OtherWay> both = Stream
					.concat(beside.stream()
						.map((each) -> this.told.computeIfAbsent(each, (other) -> told(other, known, names))),
							byForeignKeys(grant, node, names))
					.limit(MOST)
					.toList();
				if (!both.isEmpty()) {
					byNode.put(node, both);
				}
			});
			if (!byNode.isEmpty()) {
				all.put(grant.id(), byNode);
			}
		}
		return all;
	}

	private Stream<OtherWay> byForeignKeys(GrantReach grant, NodeId node, Map<IdentityId, String> names) {
		return this.ways.foreignBeside(grant, node)
			.stream()
			.map((line) -> OtherWay.by(line.fingerprint(),
					names.getOrDefault(this.ways.keys().get(line.fingerprint()), "")))
			.distinct();
	}

	private static OtherWay told(Ways.Shared shared, Map<GrantId, Grant> known, Map<IdentityId, String> names) {
		Grant grant = known.get(shared.grant().id());
		return OtherWay.through(shared.grant().id(), (grant != null) ? grant.subject() : null,
				shared.identities().stream().map((id) -> names.getOrDefault(id, "")).sorted().toList());
	}

}
