package io.latchkey.enrolment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.FormerHostKeysException;
import io.latchkey.inventory.FormerPins;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The nodes that are not enrolled yet: asks many for their host keys at a time, pins
 * those that are confirmed, and lets itself in on many at a time.
 */
@Service
public class Candidates implements DisposableBean {

	private final Nodes nodes;

	private final SshConnections connections;

	private final NotedEnrolments enrolments;

	private final HostKeyScanRepository scans;

	private final FailedEnrolmentRepository failures;

	private final Findings findings;

	private final TransactionTemplate transaction;

	private final CurrentActor actor;

	private final Clock clock;

	private final EnrolmentQueue scanning = new EnrolmentQueue();

	private final EnrolmentQueue enrolling = new EnrolmentQueue();

	private final HostKeyPins pins;

	Candidates(Nodes nodes, SshConnections connections, NotedEnrolments enrolments, HostKeyScanRepository scans,
			FailedEnrolmentRepository failures, Findings findings, TransactionTemplate transaction, CurrentActor actor,
			Clock clock, HostKeyPins pins) {
		this.nodes = nodes;
		this.connections = connections;
		this.enrolments = enrolments;
		this.scans = scans;
		this.failures = failures;
		this.findings = findings;
		this.transaction = transaction;
		this.actor = actor;
		this.clock = clock;
		this.pins = pins;
	}

	/** All of them, by name. */
	public List<Candidate> all() {
		List<Node> all = this.nodes.all(this.nodes.allIds());
		List<Node> left = all.stream().filter((node) -> !node.enrolled()).toList();
		List<NodeId> ids = left.stream().map(Node::id).toList();
		Map<NodeId, HostKeyScan> scanned = this.scans.of(ids)
			.stream()
			.collect(Collectors.toMap(HostKeyScan::node, Function.identity()));
		Map<HostKey, Set<String>> holders = new HashMap<>();
		all.forEach((node) -> node.hostKeys().forEach((key) -> hold(holders, key, node)));
		left.forEach((node) -> Optional.ofNullable(scanned.get(node.id()))
			.ifPresent((scan) -> scan.hostKeys().forEach((key) -> hold(holders, key, node))));
		Map<NodeId, String> failed = this.failures.of(ids);
		FormerPins former = scanned.values().stream().allMatch((scan) -> scan.hostKeys().isEmpty()) ? FormerPins.none()
				: this.pins.former();
		Set<NodeId> underWay = this.scanning.underWay();
		Set<NodeId> let = this.enrolling.underWay();
		return left.stream()
			.map((node) -> new Candidate(node, scanned.get(node.id()), twins(node, scanned.get(node.id()), holders),
					former.others(node, shownBy(scanned.get(node.id()))),
					underWay.contains(node.id()) || let.contains(node.id()), failed.get(node.id())))
			.toList();
	}

	private static List<HostKey> shownBy(@Nullable HostKeyScan scan) {
		return (scan != null) ? scan.hostKeys() : List.of();
	}

	private static void hold(Map<HostKey, Set<String>> holders, HostKey key, Node node) {
		holders.computeIfAbsent(key, (any) -> new TreeSet<>()).add(node.name());
	}

	private static List<String> twins(Node node, @Nullable HostKeyScan scan, Map<HostKey, Set<String>> holders) {
		List<HostKey> keys = new ArrayList<>(node.hostKeys());
		if (scan != null) {
			keys.addAll(scan.hostKeys());
		}
		return keys.stream()
			.flatMap((key) -> holders.getOrDefault(key, Set.of()).stream())
			.filter((name) -> !name.equals(node.name()))
			.distinct()
			.sorted()
			.toList();
	}

	/** Asks these for their host keys; returns at once. */
	public void scan(Collection<NodeId> ids) {
		this.scanning.add(ids, this::scan);
	}

	private void scan(NodeId id) {
		NoTransaction.require();
		Optional<Node> node = this.nodes.all(List.of(id)).stream().findFirst();
		if (node.isPresent()) {
			try {
				store(id, this.connections.hostKeysOf(node.get()), null);
			}
			catch (NodeException ex) {
				store(id, List.of(), this.findings.of(ex));
			}
		}
	}

	private void store(NodeId node, List<HostKey> keys, @Nullable String failure) {
		this.scans.store(new HostKeyScan(node, this.clock.instant(), keys, failure));
	}

	/**
	 * Pins what these nodes showed: a person has compared it.
	 * @return how many were pinned
	 * @throws FormerHostKeysException when all that is left of them is for an admin
	 */
	public int confirm(Collection<String> names) {
		Set<String> chosen = Set.copyOf(names);
		return pin(all().stream().filter((candidate) -> chosen.contains(candidate.node().name())).toList(),
				HostKeyScan::hostKeys);
	}

	/**
	 * Pins, of the keys that nodes showed, those that a list names: by their
	 * fingerprints, or as in {@code known_hosts} or the output of {@code ssh-keyscan}. A
	 * node whose key another one has as well is left out, since the list cannot say which
	 * it is.
	 * @return how many nodes were pinned
	 * @throws InvalidInputException when the list names no key
	 * @throws FormerHostKeysException when all that is left of them is for an admin
	 */
	public int confirmAgainst(String list) {
		Set<Fingerprint> named = ListedHostKeys.fingerprintsIn(list);
		if (named.isEmpty()) {
			throw new InvalidInputException(Fault.of("list", "host-keys.none"));
		}
		return pin(all().stream().filter((candidate) -> candidate.twins().isEmpty()).toList(),
				(scan) -> scan.hostKeys().stream().filter((key) -> named.contains(key.key().fingerprint())).toList());
	}

	private int pin(List<Candidate> candidates, Function<HostKeyScan, List<HostKey>> confirmed) {
		Map<Node, List<HostKey>> chosen = new LinkedHashMap<>();
		for (Candidate candidate : candidates) {
			HostKeyScan scan = candidate.scan();
			List<HostKey> keys = (scan == null || candidate.isPinned()) ? List.of() : confirmed.apply(scan);
			if (!keys.isEmpty()) {
				chosen.put(candidate.node(), keys);
			}
		}
		Map<Node, List<HostKey>> allowed = allowed(chosen);
		if (allowed.isEmpty()) {
			chosen.forEach(this.pins::checkMayPin);
		}
		this.transaction
			.executeWithoutResult((status) -> allowed.forEach((node, keys) -> this.pins.pin(node.id(), keys)));
		return allowed.size();
	}

	/** Without those that another host key was known of before, unless an admin chose. */
	private Map<Node, List<HostKey>> allowed(Map<Node, List<HostKey>> chosen) {
		if (this.actor.mayAdminister()) {
			return chosen;
		}
		FormerPins former = this.pins.former();
		Map<Node, List<HostKey>> allowed = new LinkedHashMap<>(chosen);
		allowed.entrySet().removeIf((each) -> !former.others(each.getKey(), each.getValue()).isEmpty());
		return allowed;
	}

	/**
	 * Lets Latchkey in on all whose host keys are pinned; returns at once. Its secret is
	 * wiped when the last one is done.
	 * @return how many that are
	 */
	public int enrolAll(Enrolment enrolment) {
		Enrolments.check(enrolment.secret());
		List<Candidate> ready = all().stream()
			.filter((candidate) -> candidate.isPinned() && !candidate.underWay())
			.toList();
		ready.forEach((candidate) -> {
			Enrolment own = enrolment.copy();
			this.enrolling.add(List.of(candidate.node().id()), (id) -> this.enrolments.enrol(candidate.node(), own));
		});
		enrolment.wipe();
		return ready.size();
	}

	@Override
	public void destroy() {
		this.scanning.close();
		this.enrolling.close();
	}

}
