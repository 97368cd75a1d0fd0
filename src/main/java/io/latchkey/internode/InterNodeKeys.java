package io.latchkey.internode;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.ClusterNodeRemoved;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
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

	private final Generations generations;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final Meshes meshes;

	InterNodeKeys(InterNodeRepository repository, Clusters clusters, Nodes nodes, Generations generations,
			ApplicationEventPublisher events, Clock clock, Meshes meshes) {
		this.repository = repository;
		this.clusters = clusters;
		this.nodes = nodes;
		this.generations = generations;
		this.events = events;
		this.clock = clock;
		this.meshes = meshes;
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
			before.generations().forEach(this.generations::end);
		}
		else {
			this.generations.begin(cluster, before, strategy, account);
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
		this.generations.begin(cluster, before, before.strategy(), account);
		this.clusters.touch(cluster);
		this.events.publishEvent(new InterNodeStepped(id, cluster, InterNodeStepped.Step.BEGUN, nodesOf(id)));
		return of(id);
	}

	private void check(ClusterId cluster, InterNodeStrategy strategy, @Nullable String account) {
		strategy.checkAccount(account);
		if (strategy == InterNodeStrategy.NONE) {
			return;
		}
		List<Fault> faults = this.nodes.all(nodesOf(cluster))
			.stream()
			.filter((node) -> node.management().privilege() == Privilege.SELF
					&& !node.management().account().equals(account))
			.map((node) -> Fault.of("account", "inter-node.privilege", node.name(), node.management().account()))
			.toList();
		if (!faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
	}

	/**
	 * The private half of a cluster's pair, as it stands in its file; to be wiped by who
	 * asked. Empty when the pair is gone by now.
	 */
	@Transactional(readOnly = true)
	public Optional<byte[]> privateKey(Pair pair) {
		return this.generations.privateKey(pair);
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
		return InterNode.of(ids, this.repository.generationsOf(ids));
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
		boolean proven = this.meshes.partsIn(cluster)
			.stream()
			.filter((part) -> counting.contains(part.node()) && (ends || !away.contains(part.node())))
			.allMatch((part) -> part.isComplete() && part.isProven());
		if (!proven && !overdue) {
			return;
		}
		if (ends) {
			this.generations.end(older);
		}
		else {
			this.generations.handOver(older, newer);
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
