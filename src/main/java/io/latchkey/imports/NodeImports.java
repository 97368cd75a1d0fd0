package io.latchkey.imports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.imports.ImportPlan.Outcome;
import io.latchkey.imports.ImportPlan.PlannedNode;
import io.latchkey.imports.formats.Deadline;
import io.latchkey.imports.formats.ListedNodes;
import io.latchkey.imports.formats.NodeLists;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.FormerPins;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes many nodes of a list that another tool keeps. Says first what it would make, and
 * makes just that.
 */
@Service
public class NodeImports {

	private static final int AT_A_TIME = 100;

	private static final int READ_AT_A_TIME = 10_000;

	/**
	 * What reading a list and comparing it may take; a list of thousands takes less than
	 * one.
	 */
	private static final Duration LONGEST = Duration.ofSeconds(15);

	private final Nodes nodes;

	private final Clusters clusters;

	private final TransactionTemplate transaction;

	private final CurrentActor actor;

	private final HostKeyPins pins;

	NodeImports(Nodes nodes, Clusters clusters, TransactionTemplate transaction, CurrentActor actor, HostKeyPins pins) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.transaction = transaction;
		this.actor = actor;
		this.pins = pins;
	}

	/**
	 * @param format null for what the text looks like
	 * @throws InvalidInputException when there is no text, when it looks like no list, or
	 * when it takes too long
	 */
	public ImportPlan plan(String text, @Nullable ImportFormat format, ImportDefaults defaults) {
		if (text.isBlank()) {
			throw new InvalidInputException(Fault.of("text", "import.empty"));
		}
		Deadline deadline = Deadline.in(LONGEST);
		ImportFormat written = (format != null) ? format : NodeLists.formatOf(text);
		ListedNodes listed = NodeLists.read(text, written, deadline);
		FormerPins former = this.actor.mayAdminister() ? FormerPins.none() : this.pins.former();
		return new ImportPlanner(existing(), former, this.clusters.names(), defaults, deadline).plan(written, listed);
	}

	private List<Node> existing() {
		List<NodeId> ids = this.nodes.allIds();
		List<Node> existing = new ArrayList<>(ids.size());
		for (int begin = 0; begin < ids.size(); begin += READ_AT_A_TIME) {
			existing.addAll(this.nodes.all(ids.subList(begin, Math.min(begin + READ_AT_A_TIME, ids.size()))));
		}
		return existing;
	}

	/**
	 * Makes the nodes of the list that there are not, and puts all of them into their
	 * clusters; lines that are wrong are left out. Some hundreds of nodes are made in a
	 * transaction, each with its clusters, so that nobody else waits for long: what a
	 * crash interrupts, the same import completes.
	 * @param digest of the plan that was confirmed
	 * @return the ids of the nodes that were made
	 * @throws ImportChangedException when it would do something else by now
	 */
	public List<NodeId> carryOut(String text, @Nullable ImportFormat format, ImportDefaults defaults, String digest) {
		ImportPlan plan = plan(text, format, defaults);
		if (!plan.digest().equals(digest)) {
			throw new ImportChangedException(plan);
		}
		List<PlannedNode> planned = inOrder(
				plan.nodes().stream().filter((node) -> node.outcome() != Outcome.EXISTS).toList());
		List<NodeId> made = new ArrayList<>();
		for (int begin = 0; begin < planned.size(); begin += AT_A_TIME) {
			List<PlannedNode> some = planned.subList(begin, Math.min(begin + AT_A_TIME, planned.size()));
			made.addAll(Objects.requireNonNull(this.transaction.execute((status) -> carryOut(some))));
		}
		return made;
	}

	/** Jump nodes before those that are reached through them. */
	private static List<PlannedNode> inOrder(List<PlannedNode> planned) {
		Map<String, PlannedNode> left = new LinkedHashMap<>();
		planned.forEach((node) -> left.put(node.draft().name(), node));
		List<PlannedNode> ordered = new ArrayList<>();
		planned.forEach((node) -> order(node, left, ordered));
		return ordered;
	}

	private static void order(PlannedNode node, Map<String, PlannedNode> left, List<PlannedNode> ordered) {
		if (left.remove(node.draft().name()) == null) {
			return;
		}
		PlannedNode jump = (node.draft().passage().jumpNode() != null) ? left.get(node.draft().passage().jumpNode())
				: null;
		if (jump != null) {
			order(jump, left, ordered);
		}
		ordered.add(node);
	}

	private List<NodeId> carryOut(List<PlannedNode> planned) {
		List<NodeId> made = planned.stream().filter((node) -> node.outcome() == Outcome.NEW).map(this::create).toList();
		Map<String, Set<String>> members = new TreeMap<>();
		planned.forEach((node) -> node.clusters()
			.forEach(
					(cluster) -> members.computeIfAbsent(cluster, (name) -> new TreeSet<>()).add(node.draft().name())));
		Set<String> clusterNames = this.clusters.names();
		members.forEach((cluster, nodeNames) -> {
			if (clusterNames.contains(cluster)) {
				this.clusters.addNodes(cluster, nodeNames);
			}
			else {
				this.clusters.create(cluster, null, List.copyOf(nodeNames));
			}
		});
		return made;
	}

	private NodeId create(PlannedNode planned) {
		NodeId node = this.nodes.create(planned.draft()).id();
		if (!planned.hostKeys().isEmpty()) {
			this.pins.pin(node, planned.hostKeys());
		}
		return node;
	}

}
