package io.latchkey.passwords;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.ManyAtOnce;
import io.latchkey.core.ManyAtOnce.Outcome;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.passwords.PasswordTrial.Looked;

import org.springframework.stereotype.Service;

/**
 * Switches logins by password off, and back, on a node or on those of a cluster.
 */
@Service
public class PasswordSwitches {

	/** More than that help nobody. */
	public static final int MOST_DRIFTED = 200;

	/** More would take longer than somebody waits. */
	private static final int MOST_NODES = 100;

	private static final Duration TOGETHER = Duration.ofSeconds(100);

	private final Nodes nodes;

	private final Clusters clusters;

	private final FactsReader facts;

	private final PasswordTrial trial;

	private final ManyAtOnce many;

	private final PasswordLoginRepository repository;

	private final PasswordRecorder records;

	PasswordSwitches(Nodes nodes, Clusters clusters, FactsReader facts, PasswordTrial trial, ManyAtOnce many,
			PasswordLoginRepository repository, PasswordRecorder records) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.facts = facts;
		this.trial = trial;
		this.many = many;
		this.repository = repository;
		this.records = records;
	}

	/** As last seen; empty when nobody has looked. */
	public Optional<PasswordLogin> of(NodeId node) {
		return this.repository.find(node);
	}

	/** Those of these nodes that were looked at. */
	public Map<NodeId, PasswordLogin> of(Collection<NodeId> nodes) {
		return this.repository.find(nodes);
	}

	/** Those that are no longer as it was decided, {@link #MOST_DRIFTED} of them. */
	public List<PasswordLogin> drifted() {
		return this.repository.drifted(MOST_DRIFTED);
	}

	/**
	 * Asks the node what would follow. One that cannot be asked is an answer and no
	 * exception.
	 * @throws io.latchkey.core.NotFoundException when there is no such node
	 * @throws InvalidInputException when it is not enrolled
	 */
	public Readiness look(String nodeName) {
		NoTransaction.require();
		Node node = enrolled(nodeName);
		Looked looked = this.trial.look(node, this.facts.of(node));
		this.records.noteSeen(Map.of(node.id(), looked));
		return looked.readiness();
	}

	/** The same of the enrolled nodes of a cluster. */
	public List<Readiness> lookAtCluster(String cluster) {
		NoTransaction.require();
		List<Node> members = members(cluster);
		Map<NodeId, NodeFacts> facts = this.facts.of(members);
		Map<NodeId, Looked> looks = new LinkedHashMap<>();
		this.many.each(members, TOGETHER, (node) -> this.trial.look(node, Objects.requireNonNull(facts.get(node.id()))))
			.forEach((node, outcome) -> looks.put(node.id(), looked(node, outcome)));
		this.records.noteSeen(looks);
		return looks.values().stream().map(Looked::readiness).toList();
	}

	private Looked looked(Node node, Outcome<Looked> outcome) {
		if (outcome.failure() != null) {
			throw new IllegalStateException("The look at " + node.name() + " broke off", outcome.failure());
		}
		return (outcome.answer() != null) ? outcome.answer() : this.trial.late(node);
	}

	/**
	 * Switches it, and returns when it is proved or undone.
	 * @throws InvalidInputException when the console is not confirmed where passwords are
	 * to go, or the node is not enrolled
	 */
	public PasswordChange decide(String nodeName, PasswordDemand demand) {
		NoTransaction.require();
		Node node = enrolled(nodeName);
		demand.check();
		NodeFacts facts = this.facts.of(node);
		this.records.begin(List.of(node), demand.choice());
		PasswordChange change = this.trial.run(node, demand, facts);
		this.records.end(node, demand.choice(), change);
		return change;
	}

	private Node enrolled(String nodeName) {
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		return node;
	}

	/** Those of a cluster that can be asked. */
	List<Node> members(String cluster) {
		List<Node> members = this.nodes.named(this.clusters.get(cluster).nodes())
			.stream()
			.filter((node) -> node.enrolled() && !node.hostKeys().isEmpty())
			.toList();
		if (members.size() > MOST_NODES) {
			throw new InvalidInputException(Fault.of("nodes", "nodes.too-many", members.size(), MOST_NODES));
		}
		return members;
	}

}
