package io.latchkey.passwords;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.passwords.PasswordChoice.Passwords;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Switches logins by password off, and back, on a node or on those of a cluster.
 */
@Service
public class PasswordSwitches {

	private final Nodes nodes;

	private final Clusters clusters;

	private final PasswordTrial trial;

	private final ManyNodes many;

	private final PasswordLoginRepository repository;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	private final Clock clock;

	PasswordSwitches(Nodes nodes, Clusters clusters, PasswordTrial trial, ManyNodes many,
			PasswordLoginRepository repository, ApplicationEventPublisher events, TransactionTemplate transactions,
			Clock clock) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.trial = trial;
		this.many = many;
		this.repository = repository;
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** As last seen; empty when nobody has looked. */
	public Optional<PasswordLogin> of(NodeId node) {
		return this.repository.find(node);
	}

	/** Those of these nodes that were looked at. */
	public Map<NodeId, PasswordLogin> of(Collection<NodeId> nodes) {
		return this.repository.find(nodes);
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
		Readiness readiness = this.trial.look(node);
		noteSeen(node, readiness);
		return readiness;
	}

	/** The same of the enrolled nodes of a cluster. */
	public List<Readiness> lookAtCluster(String cluster) {
		NoTransaction.require();
		List<Node> members = members(cluster);
		List<Readiness> looks = this.many.each(members, this.trial::look);
		for (int i = 0; i < looks.size(); i++) {
			noteSeen(members.get(i), looks.get(i));
		}
		return looks;
	}

	/**
	 * Switches it, and returns when it is proved or undone.
	 * @throws InvalidInputException when the console is not confirmed where passwords are
	 * to go, or the node is not enrolled
	 */
	public PasswordChange decide(String nodeName, PasswordDemand demand) {
		NoTransaction.require();
		Node node = enrolled(nodeName);
		check(demand);
		PasswordChange change = this.trial.run(node, demand);
		note(node, demand.choice(), change);
		return change;
	}

	/**
	 * The same on the enrolled nodes of a cluster; what fails on one keeps none of the
	 * others.
	 * @param seen {@link Readiness#digest()} by the name of each node; a node that is not
	 * named is left as it is
	 */
	public List<PasswordChange> decideOnCluster(String cluster, PasswordDemand demand, Map<String, String> seen) {
		NoTransaction.require();
		check(demand);
		List<Node> members = members(cluster).stream().filter((node) -> seen.containsKey(node.name())).toList();
		List<PasswordChange> changes = this.many.each(members, (node) -> this.trial.run(node,
				new PasswordDemand(demand.choice(), demand.console(), seen.get(node.name()))));
		for (int i = 0; i < changes.size(); i++) {
			note(members.get(i), demand.choice(), changes.get(i));
		}
		return changes;
	}

	private static void check(PasswordDemand demand) {
		if (demand.choice().passwords() == Passwords.OFF && demand.console() != PasswordDemand.Console.CONFIRMED) {
			throw new InvalidInputException(Fault.of("console", "passwords.console"));
		}
	}

	private Node enrolled(String nodeName) {
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		return node;
	}

	private List<Node> members(String cluster) {
		List<Node> members = this.nodes.named(this.clusters.get(cluster).nodes())
			.stream()
			.filter((node) -> node.enrolled() && !node.hostKeys().isEmpty())
			.toList();
		if (members.size() > ManyNodes.MOST) {
			throw new InvalidInputException(Fault.of("nodes", "nodes.too-many", members.size(), ManyNodes.MOST));
		}
		return members;
	}

	private void noteSeen(Node node, Readiness readiness) {
		PasswordState state = readiness.state();
		this.transactions.executeWithoutResult((status) -> {
			Optional<PasswordLogin> before = this.repository.find(node.id());
			this.repository.save(new PasswordLogin(node.id(),
					before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING),
					before.map(PasswordLogin::decidedAt).orElse(null), state,
					readiness.obstacles().isEmpty() ? null : String.join(" ", readiness.obstacles()), readiness.at()));
		});
	}

	private void note(Node node, PasswordChoice choice, PasswordChange change) {
		this.transactions.executeWithoutResult((status) -> {
			Optional<PasswordLogin> before = this.repository.find(node.id());
			PasswordChoice decided = before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING);
			if (change.done()) {
				this.events.publishEvent(new PasswordLoginDecided(node.id(), node.name(), choice, decided));
				this.repository.save(new PasswordLogin(node.id(), choice, this.clock.instant(), change.state(), null,
						this.clock.instant()));
			}
			else if (before.isPresent() || change.state() != PasswordState.UNKNOWN) {
				this.repository
					.save(new PasswordLogin(node.id(), decided, before.map(PasswordLogin::decidedAt).orElse(null),
							change.state(), change.detail(), this.clock.instant()));
			}
		});
	}

}
