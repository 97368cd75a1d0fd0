package io.latchkey.enrolment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.ImportPlan.Outcome;
import io.latchkey.enrolment.ImportPlan.PlannedNode;
import io.latchkey.enrolment.imports.NodeLists;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes many nodes of a list that another tool keeps. Says first what it would make;
 * makes just that, all of it or nothing.
 */
@Service
public class NodeImports {

	private final Nodes nodes;

	private final Clusters clusters;

	NodeImports(Nodes nodes, Clusters clusters) {
		this.nodes = nodes;
		this.clusters = clusters;
	}

	/**
	 * @param format null for what the text looks like
	 * @throws InvalidInputException when there is no text
	 */
	@Transactional(readOnly = true)
	public ImportPlan plan(String text, @Nullable ImportFormat format, ImportDefaults defaults) {
		if (text.isBlank()) {
			throw new InvalidInputException(Fault.of("text", "import.empty"));
		}
		ImportFormat written = (format != null) ? format : NodeLists.formatOf(text);
		return new ImportPlanner(this.nodes.all(this.nodes.allIds()), this.clusters.names(), defaults).plan(written,
				NodeLists.read(text, written));
	}

	/**
	 * Makes the nodes of the list that there are not, and puts all of them into their
	 * clusters; lines that are wrong are left out.
	 * @param digest of the plan that was confirmed
	 * @return the ids of the nodes that were made
	 * @throws ImportChangedException when it would do something else by now
	 */
	@Transactional
	public List<NodeId> carryOut(String text, @Nullable ImportFormat format, ImportDefaults defaults, String digest) {
		ImportPlan plan = plan(text, format, defaults);
		if (!plan.digest().equals(digest)) {
			throw new ImportChangedException(plan);
		}
		List<Node> made = create(plan.with(Outcome.NEW));
		fillClusters(plan);
		return made.stream().map(Node::id).toList();
	}

	/** Jump nodes before those that are reached through them. */
	private List<Node> create(List<PlannedNode> planned) {
		Map<String, PlannedNode> byName = planned.stream()
			.collect(Collectors.toMap((node) -> node.draft().name(), Function.identity()));
		List<Node> made = new ArrayList<>();
		Set<String> done = new HashSet<>();
		planned.forEach((node) -> create(node, byName, done, made));
		return made;
	}

	private void create(PlannedNode planned, Map<String, PlannedNode> byName, Set<String> done, List<Node> made) {
		if (!done.add(planned.draft().name())) {
			return;
		}
		PlannedNode jump = (planned.draft().jumpNode() != null) ? byName.get(planned.draft().jumpNode()) : null;
		if (jump != null) {
			create(jump, byName, done, made);
		}
		Node node = this.nodes.create(planned.draft());
		if (!planned.hostKeys().isEmpty()) {
			this.nodes.pinHostKeys(node.id(), planned.hostKeys());
		}
		made.add(node);
	}

	private void fillClusters(ImportPlan plan) {
		Map<String, Set<String>> members = new TreeMap<>();
		plan.nodes()
			.stream()
			.filter((node) -> node.outcome() != Outcome.EXISTS)
			.forEach((node) -> node.clusters()
				.forEach((cluster) -> members.computeIfAbsent(cluster, (name) -> new TreeSet<>())
					.add(node.draft().name())));
		members.forEach((cluster, nodeNames) -> {
			if (plan.newClusters().contains(cluster)) {
				this.clusters.create(cluster, null, List.copyOf(nodeNames));
			}
			else {
				this.clusters.addNodes(cluster, nodeNames);
			}
		});
	}

}
