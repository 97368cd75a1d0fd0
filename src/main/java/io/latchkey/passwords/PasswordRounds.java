package io.latchkey.passwords;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.ClusterDeleted;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Findings;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Switches logins by password on the nodes of a cluster, so many at a time, while nobody
 * has to wait. What fails on one node keeps none of the others. Where Latchkey ends in
 * the midst of it, what is not proved is undone by the nodes, and what was not begun can
 * be.
 */
@Service
public class PasswordRounds implements DisposableBean {

	private final PasswordSwitches switches;

	private final FactsReader facts;

	private final PasswordTrial trial;

	private final PasswordRoundRepository rounds;

	private final PasswordRecorder records;

	private final Findings findings;

	private final CurrentActor actor;

	private final RoundThreads threads = new RoundThreads();

	private final Set<String> beginning = ConcurrentHashMap.newKeySet();

	PasswordRounds(PasswordSwitches switches, FactsReader facts, PasswordTrial trial, PasswordRoundRepository rounds,
			PasswordRecorder records, Findings findings, CurrentActor actor) {
		this.switches = switches;
		this.facts = facts;
		this.trial = trial;
		this.rounds = rounds;
		this.records = records;
		this.findings = findings;
		this.actor = actor;
	}

	/** The last one of the cluster; empty when there was none. */
	public Optional<PasswordRound> last(String cluster) {
		return this.rounds.of(cluster).map((round) -> shown(round));
	}

	/** Another cluster of its name has nothing to do with it. */
	@EventListener
	void on(ClusterDeleted event) {
		this.rounds.delete(event.name());
	}

	private PasswordRound shown(PasswordRound round) {
		return new PasswordRound(round.id(), round.cluster(), round.choice(), round.actor(), round.askedAt(),
				this.threads.isUnderWay(round.id()), round.nodes());
	}

	/**
	 * Begins to, and returns at once.
	 * @param seen {@link Readiness#digest()} by the name of each node; a node that is not
	 * named, or is not an enrolled one of the cluster, is left as it is
	 * @throws InvalidInputException when the console is not confirmed where passwords are
	 * to go, none is named or one with what is no digest, or another change of these
	 * nodes is under way
	 */
	public PasswordRound begin(String cluster, PasswordDemand demand, Map<String, String> seen) {
		NoTransaction.require();
		demand.check();
		return alone(cluster, () -> beginAlone(cluster, demand, seen));
	}

	private PasswordRound beginAlone(String cluster, PasswordDemand demand, Map<String, String> seen) {
		List<Node> members = this.switches.members(cluster)
			.stream()
			.filter((node) -> seen.containsKey(node.name()))
			.toList();
		if (members.isEmpty()) {
			throw new InvalidInputException(Fault.of("seen", "passwords.none"));
		}
		Map<String, String> digests = members.stream()
			.map(Node::name)
			.collect(Collectors.toMap(Function.identity(), (name) -> digest(name, seen)));
		this.records.beginRound(cluster, members, demand.choice(), digests, this.actor.get());
		PasswordRound round = this.rounds.of(cluster).orElseThrow();
		run(round, demand.console(), members, digests);
		return shown(round);
	}

	/** It is kept, and comes from outside. */
	private static String digest(String node, Map<String, String> seen) {
		String digest = seen.get(node);
		if (digest == null || !Readiness.isDigest(digest)) {
			throw new InvalidInputException(Fault.of("seen", "passwords.seen", node));
		}
		return digest;
	}

	/**
	 * Goes on with the nodes of the last one that still wait, because Latchkey ended.
	 * @throws InvalidInputException when there are none
	 */
	public PasswordRound goOn(String cluster) {
		NoTransaction.require();
		return alone(cluster, () -> goOnAlone(cluster));
	}

	private PasswordRound goOnAlone(String cluster) {
		PasswordRound round = this.rounds.of(cluster)
			.filter((last) -> last.waiting() > 0)
			.orElseThrow(() -> new InvalidInputException(Fault.of("cluster", "passwords.none-waits")));
		Map<String, String> digests = this.rounds.waiting(round.id());
		List<Node> members = this.switches.members(cluster)
			.stream()
			.filter((node) -> digests.containsKey(node.name()))
			.toList();
		this.records.begin(members, round.choice());
		Set<String> gone = new HashSet<>(digests.keySet());
		members.forEach((node) -> gone.remove(node.name()));
		this.records.endLeft(round,
				gone.stream().map((name) -> PasswordChange.open(name, this.findings.text("passwords.gone"))).toList());
		run(round, PasswordDemand.Console.CONFIRMED, members, digests);
		return last(cluster).orElseThrow();
	}

	/** Waits until it is done, or so long. */
	public void await(PasswordRound round, Duration atMost) {
		NoTransaction.require();
		this.threads.await(round.id(), atMost);
	}

	/** Two that begin at once would have one record between them. */
	private PasswordRound alone(String cluster, Supplier<PasswordRound> begin) {
		if (!this.beginning.add(cluster)) {
			throw new InvalidInputException(Fault.of("cluster", "passwords.under-way"));
		}
		try {
			if (last(cluster).filter(PasswordRound::underWay).isPresent()) {
				throw new InvalidInputException(Fault.of("cluster", "passwords.under-way"));
			}
			return begin.get();
		}
		finally {
			this.beginning.remove(cluster);
		}
	}

	private void run(PasswordRound round, PasswordDemand.Console console, Collection<Node> members,
			Map<String, String> seen) {
		Map<NodeId, NodeFacts> facts = this.facts.of(members);
		this.threads.run(round.id(), members,
				(node) -> this.records.end(node, round,
						this.trial.run(node, new PasswordDemand(round.choice(), console, seen.get(node.name())),
								Objects.requireNonNull(facts.get(node.id())))));
	}

	/** Nodes that are on trial then undo it by themselves. */
	@Override
	public void destroy() {
		this.threads.close();
	}

}
