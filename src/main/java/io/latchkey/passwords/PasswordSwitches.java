package io.latchkey.passwords;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.passwords.PasswordChoice.Passwords;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
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

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	PasswordSwitches(Nodes nodes, Clusters clusters, PasswordTrial trial, ManyNodes many,
			PasswordLoginRepository repository, ApplicationEventPublisher events, NamedParameterJdbcOperations jdbc,
			TransactionTemplate transactions, Clock clock) {
		this.nodes = nodes;
		this.clusters = clusters;
		this.trial = trial;
		this.many = many;
		this.repository = repository;
		this.events = events;
		this.jdbc = jdbc;
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
		noteSeen(Map.of(node.id(), readiness));
		return readiness;
	}

	/** The same of the enrolled nodes of a cluster. */
	public List<Readiness> lookAtCluster(String cluster) {
		NoTransaction.require();
		List<Node> members = members(cluster);
		List<Readiness> looks = this.many.each(members, this.trial::look);
		noteSeen(IntStream.range(0, looks.size())
			.boxed()
			.collect(Collectors.toMap((index) -> members.get(index).id(), looks::get)));
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
		return this.many.each(members,
				(node) -> this.trial.run(node,
						new PasswordDemand(demand.choice(), demand.console(), seen.get(node.name()))),
				(node, change) -> note(node, demand.choice(), change));
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

	private void noteSeen(Map<NodeId, Readiness> looks) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			this.repository.lock(looks.keySet())
				.forEach((node, before) -> this.repository.save(batch,
						seen(node, before, Objects.requireNonNull(looks.get(node))), before.isPresent()));
			batch.send(this.jdbc);
		});
	}

	private static PasswordLogin seen(NodeId node, Optional<PasswordLogin> before, Readiness readiness) {
		return new PasswordLogin(node, before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING),
				before.map(PasswordLogin::decidedAt).orElse(null), readiness.state(),
				readiness.obstacles().isEmpty() ? null : String.join(" ", readiness.obstacles()), readiness.at());
	}

	private void note(Node node, PasswordChoice choice, PasswordChange change) {
		this.transactions.executeWithoutResult((status) -> {
			Map<NodeId, Optional<PasswordLogin>> known = this.repository.lock(List.of(node.id()));
			Optional<PasswordLogin> before = known.getOrDefault(node.id(), Optional.empty());
			if (change.done()) {
				// on record also where somebody has deleted the node meanwhile
				this.events.publishEvent(new PasswordLoginDecided(node.id(), node.name(), choice,
						before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING)));
			}
			if (known.containsKey(node.id())
					&& (change.done() || before.isPresent() || change.state() != PasswordState.UNKNOWN)) {
				StatementBatch batch = new StatementBatch();
				this.repository.save(batch, after(node, before, choice, change), before.isPresent());
				batch.send(this.jdbc);
			}
		});
	}

	private PasswordLogin after(Node node, Optional<PasswordLogin> before, PasswordChoice choice,
			PasswordChange change) {
		Instant now = this.clock.instant();
		return change.done() ? new PasswordLogin(node.id(), choice, now, change.state(), null, now)
				: new PasswordLogin(node.id(), before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING),
						before.map(PasswordLogin::decidedAt).orElse(null), change.state(), change.detail(), now);
	}

}
