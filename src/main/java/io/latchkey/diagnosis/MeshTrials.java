package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.hosts.ReachHosts;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.ManyAtOnce;
import io.latchkey.core.ManyAtOnce.Outcome;
import io.latchkey.core.NoTransaction;
import io.latchkey.diagnosis.MeshTrial.Attempt;
import io.latchkey.internode.InterNode;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Tries whether the nodes of a cluster reach each other: on each node the account's own
 * {@code ssh} logs in to each other. Some nodes at a time, and for no longer than a
 * deadline.
 */
@Service
public class MeshTrials {

	/** More would take longer than somebody waits. */
	static final int MOST_NODES = 50;

	private static final Duration DEADLINE = Duration.ofSeconds(100);

	private final InterNodeKeys interNodeKeys;

	private final Clusters clusters;

	private final Nodes nodes;

	private final NodeConnector connector;

	private final ManyAtOnce threads;

	private final Findings findings;

	private final Clock clock;

	MeshTrials(InterNodeKeys interNodeKeys, Clusters clusters, Nodes nodes, NodeConnector connector, ManyAtOnce threads,
			Findings findings, Clock clock) {
		this.interNodeKeys = interNodeKeys;
		this.clusters = clusters;
		this.nodes = nodes;
		this.connector = connector;
		this.threads = threads;
		this.findings = findings;
		this.clock = clock;
	}

	/**
	 * Returns within two minutes. Must not be called in a transaction.
	 * @throws io.latchkey.core.NotFoundException when there is no such cluster
	 * @throws InvalidInputException when it has no strategy, or too many nodes
	 */
	public MeshTrial of(String cluster) {
		NoTransaction.require();
		InterNode interNode = this.interNodeKeys.of(cluster);
		String account = interNode.account();
		if (account == null) {
			throw new InvalidInputException(Fault.of("strategy", "inter-node.none", cluster));
		}
		List<Node> members = this.clusters.get(cluster).nodes().stream().map(this.nodes::get).toList();
		if (members.size() > MOST_NODES) {
			throw new InvalidInputException(
					Fault.of("nodes", "inter-node.too-many", cluster, members.size(), MOST_NODES));
		}
		Instant begun = this.clock.instant();
		List<Attempt> attempts = members.isEmpty() ? List.of() : attempt(members, account);
		return new MeshTrial(account, members.stream().map(Node::name).toList(), attempts,
				Duration.between(begun, this.clock.instant()));
	}

	private List<Attempt> attempt(List<Node> members, String account) {
		List<Attempt> attempts = new ArrayList<>();
		this.threads
			.each(members, DEADLINE, (from) -> attempts(from, othersFrom(members, members.indexOf(from)), account))
			.forEach((from, outcome) -> attempts
				.addAll(outcome(outcome, from, othersFrom(members, members.indexOf(from)))));
		return attempts;
	}

	/** Each begins with another, so that no node is visited by all at once. */
	private static List<String> othersFrom(List<Node> members, int index) {
		return Stream.concat(members.stream().skip(index + 1L), members.stream().limit(index)).map(Node::name).toList();
	}

	private List<Attempt> attempts(Node from, List<String> others, String account) {
		if (!from.enrolled()) {
			return failed(from, others, this.findings.text("inter-node.not-enrolled"));
		}
		Login login = new Login(from.management().account(), from.management().privilege(),
				Secret.ManagementKey.of(from));
		try (NodeConversation conversation = this.connector.connect(Endpoint.of(from), login)) {
			Map<String, String> said = new LinkedHashMap<>(conversation.ask(new ReachHosts(account, others)));
			return others.stream().map((to) -> attempt(from, to, said.get(to))).toList();
		}
		catch (NodeException ex) {
			return failed(from, others, this.findings.of(ex));
		}
	}

	private Attempt attempt(Node from, String to, @Nullable String said) {
		String detail = (said != null) ? said : this.findings.text("inter-node.not-tried");
		return new Attempt(from.name(), to, detail.isEmpty(), detail);
	}

	private List<Attempt> outcome(Outcome<List<Attempt>> outcome, Node from, List<String> others) {
		if (outcome.failure() != null) {
			throw new IllegalStateException("The mesh test broke off on " + from.name(), outcome.failure());
		}
		return (outcome.answer() != null) ? outcome.answer()
				: failed(from, others, this.findings.text("inter-node.not-tried"));
	}

	private static List<Attempt> failed(Node from, List<String> others, String why) {
		return others.stream().map((to) -> new Attempt(from.name(), to, false, why)).collect(Collectors.toList());
	}

}
