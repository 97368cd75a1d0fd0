package io.latchkey.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.reconcile.RemovalPreview.AccountLoss;
import org.springframework.stereotype.Component;

/**
 * Reads what should stand on the nodes that a change may take lines off: a fixed number
 * of queries, whatever the number of nodes and lines.
 */
@Component
class RemovalReader {

	private final DesiredStates desiredStates;

	private final NodeStateRepository states;

	private final Grants grants;

	private final Teams teams;

	private final Identities identities;

	private final Clusters clusters;

	private final Nodes nodes;

	RemovalReader(DesiredStates desiredStates, NodeStateRepository states, Grants grants, Teams teams,
			Identities identities, Clusters clusters, Nodes nodes) {
		this.desiredStates = desiredStates;
		this.states = states;
		this.grants = grants;
		this.teams = teams;
		this.identities = identities;
		this.clusters = clusters;
		this.nodes = nodes;
	}

	/**
	 * The nodes that the scope reaches now. Holds what decides that until the transaction
	 * ends, so that nobody changes it in between.
	 */
	Set<NodeId> holdNodesOf(RemovalScope scope) {
		return switch (scope.kind()) {
			case TEAM -> this.teams.hold(scope.name()).map((team) -> nodesOf(Set.of(), Set.of(team))).orElse(Set.of());
			case IDENTITY -> this.identities.hold(scope.name())
				.map((identity) -> nodesOf(Set.of(identity), this.teams.teamsOf(identity)))
				.orElse(Set.of());
			case CLUSTER ->
				this.clusters.hold(scope.name()).map((cluster) -> nodesIn(Set.of(cluster))).orElse(Set.of());
			case NODE -> this.nodes.hold(scope.name()).map(Set::of).orElse(Set.of());
		};
	}

	private Set<NodeId> nodesOf(Set<IdentityId> identities, Set<TeamId> teams) {
		Set<NodeId> reached = new HashSet<>();
		Set<ClusterId> inClusters = new HashSet<>();
		for (GrantReach reach : this.grants.unendedOf(identities, teams)) {
			if (reach.targetKind() == Target.Kind.NODE) {
				reached.add(new NodeId(reach.targetId()));
			}
			else {
				inClusters.add(new ClusterId(reach.targetId()));
			}
		}
		reached.addAll(nodesIn(inClusters));
		return reached;
	}

	private Set<NodeId> nodesIn(Set<ClusterId> of) {
		return this.clusters.nodesOf(of).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	/** What should stand there, in the words of each node's sshd. */
	Map<NodeId, DesiredState> desired(Collection<NodeId> of, Instant now) {
		Map<NodeId, Dialect> dialects = this.states.findAll(of)
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row.sshd().dialect()));
		Map<NodeId, DesiredState> desired = new HashMap<>();
		this.desiredStates.recordsOf(of)
			.forEach((node, records) -> desired.put(node,
					records.at(now, dialects.getOrDefault(node, Dialect.CURRENT))));
		return desired;
	}

	/** The accounts that have lines before and not after. */
	static List<AccountLoss> losses(String node, DesiredState before, DesiredState after) {
		List<AccountLoss> losses = new ArrayList<>();
		before.accounts().forEach((account, lines) -> {
			List<DesiredLine> left = after.linesOf(account);
			Set<String> texts = left.stream().map(DesiredLine::text).collect(Collectors.toSet());
			List<DesiredLine> gone = lines.stream().filter((line) -> !texts.contains(line.text())).toList();
			if (!gone.isEmpty()) {
				losses.add(loss(node, account, lines, left, gone));
			}
		});
		return losses;
	}

	private static AccountLoss loss(String node, String account, List<DesiredLine> before, List<DesiredLine> after,
			List<DesiredLine> gone) {
		Set<String> texts = before.stream().map(DesiredLine::text).collect(Collectors.toSet());
		Set<Object> keys = after.stream().map(DesiredLine::fingerprint).collect(Collectors.toSet());
		return new AccountLoss(node, account,
				after.stream().map(DesiredLine::text).filter((text) -> !texts.contains(text)).toList(),
				gone.stream()
					.map((line) -> new RemovalPreview.Line(line.text(), line.identity(),
							keys.contains(line.fingerprint())))
					.toList());
	}

}
