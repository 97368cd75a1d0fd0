package io.latchkey.internode;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.ClusterNodeRemoved;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Ed25519Pair;
import io.latchkey.openssh.PublicKey;
import io.latchkey.secrets.SecretVault;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The clusters' inter-node strategies and pairs. Whoever changes something of a cluster
 * holds the cluster first.
 * <p>
 * A rotation, and the change from one strategy to another, has three steps: the new
 * generation's public halves come to the nodes ({@link GenerationPhase#SPREADING}), then
 * its private halves are used ({@link GenerationPhase#IN_USE}) while the old ones still
 * let in ({@link GenerationPhase#ENDING}), then the old generation goes.
 */
@Service
@Transactional
public class InterNodeKeys {

	private final InterNodeRepository repository;

	private final Clusters clusters;

	private final Nodes nodes;

	private final SecretVault vault;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	InterNodeKeys(InterNodeRepository repository, Clusters clusters, Nodes nodes, SecretVault vault,
			ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.clusters = clusters;
		this.nodes = nodes;
		this.vault = vault;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Sets a cluster's strategy. From {@code NONE} and to it the change is made at once;
	 * from one strategy to another, or to another account, as a rotation.
	 * @param account as which the nodes log in to each other; null for {@code NONE}
	 * @throws NotFoundException when there is no such cluster
	 * @throws RotationUnderWayException when old pairs are still being taken off
	 */
	public InterNode set(String cluster, InterNodeStrategy strategy, @Nullable String account) {
		ClusterId id = hold(cluster);
		check(id, strategy, account);
		InterNode before = of(id);
		if (before.strategy() == strategy && Objects.equals(before.account(), account)) {
			return before;
		}
		if (account == null) {
			before.generations().forEach((generation) -> this.repository.delete(generation.id()));
		}
		else {
			begin(cluster, before, strategy, account);
		}
		this.clusters.touch(cluster);
		this.events.publishEvent(new InterNodeChanged(id, cluster, strategy, account, nodesOf(id)));
		return of(id);
	}

	/**
	 * Begins to replace a cluster's pairs by new ones.
	 * @throws NotFoundException when there is no such cluster
	 * @throws InvalidInputException when it has no strategy
	 * @throws RotationUnderWayException when one is under way
	 */
	public InterNode rotate(String cluster) {
		ClusterId id = hold(cluster);
		InterNode before = of(id);
		String account = before.account();
		if (account == null) {
			throw new InvalidInputException(Fault.of("strategy", "inter-node.none", cluster));
		}
		if (before.isRotating()) {
			throw new RotationUnderWayException(cluster);
		}
		begin(cluster, before, before.strategy(), account);
		this.clusters.touch(cluster);
		this.events.publishEvent(new InterNodeStepped(id, cluster, InterNodeStepped.Step.BEGUN, nodesOf(id)));
		return of(id);
	}

	private void check(ClusterId cluster, InterNodeStrategy strategy, @Nullable String account) {
		if (strategy == InterNodeStrategy.NONE) {
			if (account != null) {
				throw new InvalidInputException(Fault.of("account", "inter-node.account-without-strategy"));
			}
			return;
		}
		AccountName.fault("account", account).ifPresent((fault) -> {
			throw new InvalidInputException(fault);
		});
		if (account != null && !AccountName.isPlain(account)) {
			throw new InvalidInputException(Fault.of("account", "inter-node.account-not-plain"));
		}
		List<Fault> faults = this.nodes.all(nodesOf(cluster))
			.stream()
			.filter((node) -> node.privilege() == Privilege.SELF && !node.managementAccount().equals(account))
			.map((node) -> Fault.of("account", "inter-node.privilege", node.name(), node.managementAccount()))
			.toList();
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
	}

	/** One that only spreads is used by nobody, and gives way. */
	private void begin(String cluster, InterNode before, InterNodeStrategy strategy, String account) {
		List<Generation> standing = new ArrayList<>(before.generations());
		if (standing.stream().anyMatch((generation) -> generation.phase() == GenerationPhase.ENDING)) {
			throw new RotationUnderWayException(cluster);
		}
		standing.stream()
			.filter((generation) -> generation.phase() == GenerationPhase.SPREADING)
			.forEach((generation) -> this.repository.delete(generation.id()));
		GenerationPhase phase = standing.isEmpty() ? GenerationPhase.IN_USE : GenerationPhase.SPREADING;
		GenerationId generation = this.repository.add(before.cluster(), strategy, account, phase, this.clock.instant());
		if (strategy.copiesPrivateKey()) {
			makePair(cluster, generation);
		}
	}

	private void makePair(String cluster, GenerationId generation) {
		try (Ed25519Pair pair = Ed25519Pair.generate("latchkey cluster " + cluster)) {
			byte[] privateKey = pair.privateKey();
			long id = this.repository.addPair(generation, null, pair.publicKey(), MeshPart.sha256(privateKey));
			this.repository.storePrivateKey(id,
					Base64.getEncoder().encodeToString(this.vault.seal(privateKey, context(id))));
			Arrays.fill(privateKey, (byte) 0);
		}
	}

	private static String context(long pair) {
		return "inter_node_pair:private_key:" + pair;
	}

	/**
	 * The private half of a cluster's pair, as it stands in its file; to be wiped by who
	 * asked. Empty when the pair is gone by now.
	 */
	@Transactional(readOnly = true)
	public Optional<byte[]> privateKey(Pair pair) {
		return this.repository.privateKey(pair.id())
			.map((sealed) -> this.vault.open(Base64.getDecoder().decode(sealed), context(pair.id())));
	}

	/**
	 * @throws NotFoundException when there is no such cluster
	 */
	@Transactional(readOnly = true)
	public InterNode of(String cluster) {
		return of(this.clusters.idOf(cluster));
	}

	@Transactional(readOnly = true)
	public InterNode of(ClusterId cluster) {
		return InterNode.of(cluster, this.repository.generationsOf(Set.of(cluster)));
	}

	/** The same for many, in one query. */
	@Transactional(readOnly = true)
	public Map<ClusterId, InterNode> of(Collection<ClusterId> ids) {
		Map<ClusterId, List<Generation>> generations = this.repository.generationsOf(ids)
			.stream()
			.collect(Collectors.groupingBy(Generation::cluster));
		return ids.stream()
			.distinct()
			.collect(Collectors.toMap((id) -> id, (id) -> InterNode.of(id, generations.getOrDefault(id, List.of()))));
	}

	/** The part of each node of a cluster; none without a strategy. */
	@Transactional(readOnly = true)
	public List<MeshPart> partsIn(ClusterId cluster) {
		Map<NodeId, Set<ClusterId>> clustersOf = nodesOf(cluster).stream()
			.collect(Collectors.toMap((node) -> node, (node) -> Set.of(cluster)));
		return partsOf(clustersOf).values().stream().flatMap(List::stream).toList();
	}

	/**
	 * What nodes have to hold, in a fixed number of queries.
	 * @param clustersOf the clusters that they are in
	 */
	@Transactional(readOnly = true)
	public Map<NodeId, List<MeshPart>> partsOf(Map<NodeId, Set<ClusterId>> clustersOf) {
		List<Generation> all = this.repository
			.generationsOf(clustersOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
		if (all.isEmpty()) {
			return Map.of();
		}
		Map<ClusterId, List<Generation>> generations = all.stream().collect(Collectors.groupingBy(Generation::cluster));
		Map<GenerationId, List<Pair>> pairs = this.repository.pairsOf(all)
			.stream()
			.collect(Collectors.groupingBy(Pair::generation));
		Map<ClusterId, List<Pair>> pairsIn = new HashMap<>();
		generations.forEach((cluster, of) -> pairsIn.put(cluster,
				of.stream().flatMap((each) -> pairs.getOrDefault(each.id(), List.of()).stream()).toList()));
		Map<ClusterId, List<Member>> members = membersOf(generations.keySet());
		Map<ClusterId, String> names = this.clusters.namesOf(generations.keySet());
		Map<ClusterId, Map<NodeId, Proof>> proofs = this.repository.proofsIn(generations.keySet());
		Map<NodeId, List<MeshPart>> parts = new HashMap<>();
		clustersOf.forEach((node, in) -> parts.put(node,
				in.stream()
					.filter(generations::containsKey)
					.sorted((one, other) -> Long.compare(one.value(), other.value()))
					.map((cluster) -> new MeshPart(node, cluster, names.getOrDefault(cluster, ""),
							generations.getOrDefault(cluster, List.of()), pairsIn.getOrDefault(cluster, List.of()),
							members.getOrDefault(cluster, List.of()), proofs.getOrDefault(cluster, Map.of()).get(node)))
					.toList()));
		return parts;
	}

	private Map<ClusterId, List<Member>> membersOf(Collection<ClusterId> ids) {
		Map<ClusterId, Set<NodeId>> nodesOf = this.clusters.nodesOf(ids);
		Map<NodeId, Node> found = this.nodes
			.all(nodesOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
			.stream()
			.collect(Collectors.toMap(Node::id, (node) -> node));
		Map<ClusterId, List<Member>> members = new HashMap<>();
		nodesOf.forEach((cluster, in) -> members.put(cluster,
				in.stream()
					.map(found::get)
					.filter(Objects::nonNull)
					.map(Member::of)
					.sorted((one, other) -> one.name().compareTo(other.name()))
					.toList()));
		return members;
	}

	/**
	 * The nodes whose part changes with this one: those of its clusters that have a
	 * strategy.
	 */
	@Transactional(readOnly = true)
	public Set<NodeId> neighboursOf(Collection<ClusterId> in) {
		Set<ClusterId> with = this.repository.generationsOf(in)
			.stream()
			.map(Generation::cluster)
			.collect(Collectors.toSet());
		return this.clusters.nodesOf(with).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
	}

	/** The names of the files that Latchkey put into accounts' {@code ~/.ssh}. */
	@Transactional(readOnly = true)
	public Map<NodeId, Map<String, List<String>>> filesOn(Collection<NodeId> nodes) {
		return this.repository.filesOn(nodes);
	}

	/** Notes files that are about to be put there, before they are. */
	public void noteFiles(NodeId node, String account, Collection<String> names) {
		this.repository.addFiles(node, account, names);
	}

	/** Notes files that are known to be gone. */
	public void noteFilesGone(NodeId node, String account, Collection<String> names) {
		this.repository.deleteFiles(node, account, names);
	}

	/**
	 * Notes the public half of a pair that stands on a node. Nothing is noted when the
	 * generation has ended or the node has left the cluster meanwhile.
	 */
	public void learn(MeshPart part, GenerationId generation, PublicKey publicKey, String fileHash) {
		hold(part.clusterName());
		boolean stands = of(part.cluster()).generations().stream().anyMatch((each) -> each.id().equals(generation));
		Set<NodeId> in = nodesOf(part.cluster());
		if (stands && in.contains(part.node())) {
			this.repository.deletePair(generation, part.node());
			this.repository.addPair(generation, part.node(), publicKey, fileHash);
			this.events.publishEvent(new PairLearned(part.clusterName(),
					this.nodes.namesOf(Set.of(part.node())).getOrDefault(part.node(), ""), publicKey.fingerprint(),
					in));
		}
	}

	/**
	 * Notes what a run has found of a node's part.
	 * @param digest of the part that was proved, or null
	 * @param detail what stands in the way, or null
	 */
	public void prove(MeshPart part, @Nullable String digest, @Nullable String detail) {
		hold(part.clusterName());
		if (nodesOf(part.cluster()).contains(part.node())) {
			this.repository.storeProof(part.cluster(), part.node(), digest, detail, this.clock.instant());
		}
	}

	/**
	 * Takes a rotation a step further when the one before is proved: on every node but
	 * those that are away, and for the last step also on those, so that they keep their
	 * way in until they come; but for no longer than the overlap.
	 * @param counting the nodes on which Latchkey keeps files at all
	 * @param away those of them that cannot be reached
	 */
	public void advance(ClusterId cluster, String name, Set<NodeId> counting, Set<NodeId> away, Duration overlap) {
		hold(name);
		InterNode interNode = of(cluster);
		if (!interNode.isRotating()) {
			return;
		}
		Generation older = interNode.generations().get(0);
		Generation newer = interNode.generations().get(1);
		boolean ends = older.phase() == GenerationPhase.ENDING;
		boolean overdue = !this.clock.instant().isBefore(newer.since().plus(overlap));
		boolean proven = partsIn(cluster).stream()
			.filter((part) -> counting.contains(part.node()) && (ends || !away.contains(part.node())))
			.allMatch((part) -> part.isComplete() && part.isProven());
		if (!proven && !overdue) {
			return;
		}
		if (ends) {
			this.repository.delete(older.id());
		}
		else {
			this.repository.advance(older.id(), GenerationPhase.ENDING, this.clock.instant());
			this.repository.advance(newer.id(), GenerationPhase.IN_USE, this.clock.instant());
		}
		this.events.publishEvent(new InterNodeStepped(cluster, name,
				ends ? InterNodeStepped.Step.ENDED : InterNodeStepped.Step.SWITCHED, nodesOf(cluster)));
	}

	@EventListener
	void on(ClusterNodeRemoved event) {
		this.repository.forget(event.cluster(), event.node());
	}

	private ClusterId hold(String cluster) {
		return this.clusters.hold(cluster).orElseThrow(() -> new NotFoundException("cluster", cluster));
	}

	private Set<NodeId> nodesOf(ClusterId cluster) {
		return this.clusters.nodesOf(Set.of(cluster)).getOrDefault(cluster, Set.of());
	}

}
