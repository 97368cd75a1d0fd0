package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.desired.NodeRecords;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Target;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells what a grant would change, and changes nothing. A grant that starts later is
 * shown as it will be at its start.
 */
@Service
@Transactional(readOnly = true)
public class Previews {

	private final Grants grants;

	private final DesiredStates desiredStates;

	private final Nodes nodes;

	private final Clusters clusters;

	private final NodeStateRepository states;

	private final Clock clock;

	Previews(Grants grants, DesiredStates desiredStates, Nodes nodes, Clusters clusters, NodeStateRepository states,
			Clock clock) {
		this.grants = grants;
		this.desiredStates = desiredStates;
		this.nodes = nodes;
		this.clusters = clusters;
		this.states = states;
		this.clock = clock;
	}

	/**
	 * Throws {@link io.latchkey.core.InvalidInputException} as {@link Grants#issue}
	 * would.
	 */
	public GrantPreview of(GrantDraft draft) {
		GrantReach reach = this.grants.preview(draft);
		Set<NodeId> reached = (reach.targetKind() == Target.Kind.NODE) ? Set.of(new NodeId(reach.targetId()))
				: this.clusters.nodesOf(Set.of(new ClusterId(reach.targetId())))
					.values()
					.stream()
					.flatMap(Set::stream)
					.collect(Collectors.toSet());
		Map<NodeId, NodeRecords> before = this.desiredStates.recordsOf(reached);
		Map<NodeId, NodeRecords> after = this.desiredStates.recordsWith(reached, reach);
		Map<NodeId, String> names = this.nodes.namesOf(reached);
		Map<NodeId, Dialect> dialects = this.states.findAll(reached)
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row.sshd().dialect()));
		Instant now = this.clock.instant();
		Instant at = now.isBefore(reach.startsAt()) ? reach.startsAt() : now;
		return new GrantPreview(reached.stream().map((node) -> {
			Dialect dialect = dialects.getOrDefault(node, Dialect.CURRENT);
			List<String> is = texts(before.get(node), at, dialect, reach.account());
			List<String> willBe = texts(after.get(node), at, dialect, reach.account());
			return new GrantPreview.NodeChange(names.getOrDefault(node, ""), reach.account(), without(willBe, is),
					without(is, willBe));
		}).sorted(Comparator.comparing(GrantPreview.NodeChange::node)).toList());
	}

	private static List<String> texts(@Nullable NodeRecords records, Instant at, Dialect dialect, String account) {
		return (records == null) ? List.of()
				: records.at(at, dialect).linesOf(account).stream().map(DesiredLine::text).toList();
	}

	private static List<String> without(List<String> lines, List<String> others) {
		return lines.stream().filter((line) -> !others.contains(line)).toList();
	}

}
