package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.ManyAtOnce;
import io.latchkey.core.ManyAtOnce.Outcome;
import io.latchkey.core.NoTransaction;
import io.latchkey.diagnosis.ClusterDiagnosis.OfNode;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Finds out what keeps people from logging in to the nodes of a cluster: some nodes at a
 * time, those that were not reached the last time at the end, and for no longer than a
 * deadline. Changes nothing.
 */
@Service
public class ClusterDoctor {

	private static final Logger log = LoggerFactory.getLogger(ClusterDoctor.class);

	/** More would take longer than somebody waits. */
	static final int MOST_NODES = 200;

	private static final Duration DEADLINE = Duration.ofSeconds(100);

	private static final Set<NodeState> AWAY = EnumSet.of(NodeState.UNREACHABLE, NodeState.REFUSED, NodeState.FAILED);

	private final Clusters clusters;

	private final Nodes nodes;

	private final NodeStates states;

	private final NodeDoctor doctor;

	private final ManyAtOnce threads;

	private final CurrentActor actor;

	private final Findings findings;

	private final Clock clock;

	ClusterDoctor(Clusters clusters, Nodes nodes, NodeStates states, NodeDoctor doctor, ManyAtOnce threads,
			CurrentActor actor, Findings findings, Clock clock) {
		this.clusters = clusters;
		this.nodes = nodes;
		this.states = states;
		this.doctor = doctor;
		this.threads = threads;
		this.actor = actor;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Returns within two minutes. Must not be called in a transaction.
	 * @throws io.latchkey.core.NotFoundException when there is no such cluster
	 * @throws InvalidInputException when it has too many nodes
	 */
	public ClusterDiagnosis diagnose(String cluster) {
		NoTransaction.require();
		List<Node> members = this.nodes.named(this.clusters.get(cluster).nodes());
		if (members.size() > MOST_NODES) {
			throw new InvalidInputException(Fault.of("nodes", "nodes.too-many", members.size(), MOST_NODES));
		}
		Instant begun = this.clock.instant();
		List<OfNode> found = diagnose(lastAway(members));
		return new ClusterDiagnosis(cluster, begun, found.stream().sorted(Comparator.comparing(OfNode::node)).toList(),
				Duration.between(begun, this.clock.instant()));
	}

	private List<Node> lastAway(List<Node> members) {
		Map<NodeId, NodeStatus> known = this.states.of(members.stream().map(Node::id).toList());
		return members.stream()
			.sorted(Comparator.comparing((Node node) -> isAway(known.get(node.id()))).thenComparing(Node::name))
			.toList();
	}

	private static boolean isAway(@Nullable NodeStatus status) {
		return status != null && AWAY.contains(status.state());
	}

	private List<OfNode> diagnose(List<Node> members) {
		if (members.isEmpty()) {
			return List.of();
		}
		String asker = this.actor.get().name();
		List<OfNode> found = new ArrayList<>();
		this.threads.each(members, DEADLINE, (node) -> of(node, asker))
			.forEach((node, outcome) -> found.add(outcome(outcome, node)));
		return found;
	}

	private OfNode of(Node node, String asker) {
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			return new OfNode(node.name(), false, 0, 0, 0, this.findings.text("doctor.cluster.not-enrolled"));
		}
		NodeDiagnosis diagnosis = this.doctor.diagnoseChanged(node, asker);
		List<Diagnosis> explained = diagnosis.accounts().stream().filter(Diagnosis::isExplained).toList();
		int unchanged = (int) diagnosis.accounts().stream().filter((account) -> account.checks().isEmpty()).count();
		return new OfNode(node.name(), diagnosis.looked(), diagnosis.accounts().size(), unchanged, explained.size(),
				answer(diagnosis, explained));
	}

	private String answer(NodeDiagnosis diagnosis, List<Diagnosis> explained) {
		if (!diagnosis.looked()) {
			return String.valueOf(diagnosis.detail());
		}
		if (diagnosis.accounts().isEmpty()) {
			return this.findings.text("doctor.cluster.empty");
		}
		if (explained.isEmpty()) {
			return this.findings.text("doctor.cluster.fine", diagnosis.accounts().size());
		}
		String first = explained.get(0).answer();
		return (explained.size() == 1) ? first
				: first + " " + this.findings.text("doctor.cluster.more", explained.size() - 1);
	}

	private OfNode outcome(Outcome<OfNode> outcome, Node node) {
		if (outcome.failure() != null) {
			log.error("The diagnosis of {} broke off", node.name(), outcome.failure());
			return new OfNode(node.name(), false, 0, 0, 0, this.findings.text("doctor.cluster.broke-off"));
		}
		return (outcome.answer() != null) ? outcome.answer()
				: new OfNode(node.name(), false, 0, 0, 0, this.findings.text("doctor.cluster.late"));
	}

}
