package io.latchkey.removal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.desired.NodeRecords;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.identity.Identities;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;

import org.springframework.stereotype.Component;

/**
 * Reads what should stand on the nodes that a change may take lines off: a fixed number
 * of queries, whatever the number of nodes and lines.
 */
@Component
public class RemovalReader {

	private final DesiredStates desiredStates;

	private final NodeStateRepository states;

	private final KeptKeyReader keptKeys;

	private final Grants grants;

	private final ReachedNodes reached;

	private final Teams teams;

	private final Identities identities;

	private final Clusters clusters;

	private final Nodes nodes;

	RemovalReader(DesiredStates desiredStates, NodeStateRepository states, KeptKeyReader keptKeys, Grants grants,
			ReachedNodes reached, Teams teams, Identities identities, Clusters clusters, Nodes nodes) {
		this.desiredStates = desiredStates;
		this.states = states;
		this.keptKeys = keptKeys;
		this.grants = grants;
		this.reached = reached;
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
			case TEAM -> this.teams.hold(scope.name())
				.map((team) -> nodesOf(this.grants.unendedOf(Set.of(), Set.of(team))))
				.orElse(Set.of());
			case IDENTITY -> this.identities.hold(scope.name())
				.map((identity) -> nodesOf(this.grants.unendedOf(identity)))
				.orElse(Set.of());
			case CLUSTER ->
				this.clusters.hold(scope.name()).map((cluster) -> nodesIn(Set.of(cluster))).orElse(Set.of());
			case NODE -> this.nodes.hold(scope.name()).map(Set::of).orElse(Set.of());
		};
	}

	/** The nodes that these grants reach now. */
	public Set<NodeId> nodesOf(Collection<GrantReach> grants) {
		return this.reached.of(grants);
	}

	private Set<NodeId> nodesIn(Set<ClusterId> of) {
		return this.clusters.nodesOf(of).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	/** What should stand there, in the words of each node's sshd. */
	public Map<NodeId, DesiredState> desired(Collection<NodeId> of, Instant now) {
		return desired(of, now, UnaryOperator.identity());
	}

	/** The same, when the records are changed so. */
	public Map<NodeId, DesiredState> desired(Collection<NodeId> of, Instant now, UnaryOperator<NodeRecords> change) {
		Map<NodeId, Dialect> dialects = this.states.findAll(of)
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row.sshd().dialect()));
		Map<NodeId, DesiredState> desired = new HashMap<>();
		this.desiredStates.recordsOf(of)
			.forEach((node, records) -> desired.put(node,
					change.apply(records).at(now, dialects.getOrDefault(node, Dialect.CURRENT))));
		return desired;
	}

	/** The names of those that are only observed. */
	public static Set<String> observedAmong(Collection<Node> nodes) {
		return nodes.stream()
			.filter((node) -> node.management().mode() == Mode.OBSERVE)
			.map(Node::name)
			.collect(Collectors.toSet());
	}

	/** The accounts that have lines before and not after. */
	public static List<AccountLoss> losses(String node, DesiredState before, DesiredState after) {
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
							keys.contains(line.fingerprint()), otherGrants(line, after), List.of()))
					.toList());
	}

	/**
	 * The same, with the keys of those who lose a line that stand in foreign lines there.
	 */
	public List<AccountLoss> withForeignKeys(List<AccountLoss> losses) {
		return this.keptKeys.with(losses);
	}

	private static List<Long> otherGrants(DesiredLine gone, List<DesiredLine> after) {
		return after.stream()
			.filter((line) -> line.identity().equals(gone.identity()))
			.flatMap((line) -> line.grants().stream())
			.distinct()
			.sorted()
			.toList();
	}

}
