package io.latchkey.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.delivery.DeliveryRepository.Row;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.ForeignLineRepository;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far the keys of a suspended identity have gone from the nodes. A fixed number of
 * queries.
 */
@Service
@Transactional(readOnly = true)
public class Suspensions {

	private final Grants grants;

	private final DeliveryRepository deliveries;

	private final PlacedLineRepository placedLines;

	private final ForeignLineRepository foreignLines;

	private final Clock clock;

	Suspensions(Grants grants, DeliveryRepository deliveries, PlacedLineRepository placedLines,
			ForeignLineRepository foreignLines, Clock clock) {
		this.grants = grants;
		this.deliveries = deliveries;
		this.placedLines = placedLines;
		this.foreignLines = foreignLines;
		this.clock = clock;
	}

	/**
	 * On every node that its open grants reach, and where a line of its is not known to
	 * be gone; one entry for each node, with all accounts there.
	 */
	public Delivery of(Identity identity) {
		Map<NodeId, Set<String>> standing = this.placedLines.accountsOf(identity.name());
		List<GrantReach> open = this.grants.unendedOf(identity.id());
		Map<NodeId, Set<String>> accounts = new HashMap<>();
		Map<NodeId, Row> rows = new HashMap<>();
		this.deliveries.of(open.stream().map(GrantReach::id).toList(), this.clock.instant())
			.forEach((row) -> note(row, accounts, rows));
		this.deliveries.onNodes(standing.keySet()).forEach((row) -> rows.putIfAbsent(row.node(), row));
		standing.forEach((node, on) -> accounts.computeIfAbsent(node, (id) -> new TreeSet<>()).addAll(on));
		Map<NodeId, List<OtherWay>> foreign = foreign(identity, accounts);
		List<Row> shown = new ArrayList<>();
		rows.values()
			.stream()
			.sorted(Comparator.comparing(Row::nodeName))
			.forEach((row) -> shown.add(row.as(String.join(", ", accounts.getOrDefault(row.node(), Set.of())),
					standing.containsKey(row.node()) ? Delivery.State.STILL_PRESENT : Delivery.State.REMOVED)));
		return DeliveryTally.of(shown, foreign);
	}

	private static void note(Row row, Map<NodeId, Set<String>> accounts, Map<NodeId, Row> rows) {
		accounts.computeIfAbsent(row.node(), (node) -> new TreeSet<>()).add(row.account());
		rows.putIfAbsent(row.node(), row);
	}

	private Map<NodeId, List<OtherWay>> foreign(Identity identity, Map<NodeId, Set<String>> accounts) {
		Set<Fingerprint> keys = identity.keys()
			.stream()
			.map((key) -> key.key().fingerprint())
			.collect(Collectors.toSet());
		Map<NodeId, Set<Fingerprint>> standing = new HashMap<>();
		this.foreignLines.standing(keys)
			.stream()
			.filter((line) -> accounts.getOrDefault(line.node(), Set.of()).contains(line.account()))
			.forEach((line) -> standing.computeIfAbsent(line.node(), (node) -> new LinkedHashSet<>())
				.add(line.fingerprint()));
		Map<NodeId, List<OtherWay>> ways = new HashMap<>();
		standing.forEach(
				(node, on) -> ways.put(node, on.stream().map((key) -> OtherWay.by(key, identity.name())).toList()));
		return ways;
	}

}
