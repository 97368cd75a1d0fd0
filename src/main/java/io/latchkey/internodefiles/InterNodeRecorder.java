package io.latchkey.internodefiles;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.NotFoundException;
import io.latchkey.internode.AccountMesh;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.MeshPart;
import io.latchkey.internode.Proof;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.FinishedRun;
import io.latchkey.runs.PartOfRun;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes what a run has found of a node's inter-node keys, before the run itself is
 * stored: whom that wakes is then awaited together with this node.
 */
@Component
class InterNodeRecorder {

	private final InterNodeKeys interNodeKeys;

	private final Nodes nodes;

	private final NodeStateRepository states;

	private final OverlapProperties properties;

	private final TransactionTemplate transaction;

	InterNodeRecorder(InterNodeKeys interNodeKeys, Nodes nodes, NodeStateRepository states,
			OverlapProperties properties, TransactionTemplate transaction) {
		this.interNodeKeys = interNodeKeys;
		this.nodes = nodes;
		this.states = states;
		this.properties = properties;
		this.transaction = transaction;
	}

	/** One transaction for each cluster that has something to note, and mostly none. */
	void store(PartOfRun<?, InterNodeOutcome> run) {
		for (MeshPart part : run.run().records().mesh()) {
			InterNodeOutcome found = run.outcome();
			String detail = detail(part, run);
			boolean looked = run.run().conversed();
			String digest = (looked && detail == null && isInPlace(part, run)) ? part.digest() : null;
			boolean isNew = looked
					&& (found != null && found.hasLearned(part) || !isNoted(part.proof(), digest, detail));
			if (isNew || part.generations().size() > 1) {
				try {
					this.transaction.executeWithoutResult((status) -> store(part, run, digest, detail));
				}
				catch (NotFoundException ex) {
					// the cluster is gone by now, and all that was to be noted with it
				}
			}
		}
	}

	private void store(MeshPart part, PartOfRun<?, InterNodeOutcome> run, @Nullable String digest,
			@Nullable String detail) {
		if (run.run().conversed()) {
			learned(part, run.outcome()).forEach(
					(each) -> this.interNodeKeys.learn(part, each.generation(), each.publicKey(), each.fileHash()));
			this.interNodeKeys.prove(part, digest, detail);
		}
		if (part.generations().size() > 1) {
			advance(part, run.run());
		}
	}

	private static List<InterNodeOutcome.Learned> learned(MeshPart part, @Nullable InterNodeOutcome found) {
		return (found == null) ? List.of()
				: found.learned().stream().filter((each) -> each.part().cluster().equals(part.cluster())).toList();
	}

	private void advance(MeshPart part, FinishedRun run) {
		List<Node> members = this.nodes.all(part.members().stream().map((member) -> member.id()).toList());
		Set<NodeId> counting = members.stream()
			.filter((node) -> node.enrolled() && node.management().mode() != Mode.OBSERVE)
			.map(Node::id)
			.collect(Collectors.toSet());
		Set<NodeId> away = new HashSet<>(this.states.findAll(counting)
			.stream()
			.filter((row) -> row.state().isAway())
			.map(NodeStateRow::node)
			.toList());
		away.remove(part.node());
		if (run.state().isAway()) {
			away.add(part.node());
		}
		this.interNodeKeys.advance(part.cluster(), part.clusterName(), counting, away, this.properties.overlap());
	}

	private static boolean isNoted(@Nullable Proof proof, @Nullable String digest, @Nullable String detail) {
		return (proof == null) ? digest == null && detail == null
				: Objects.equals(proof.digest(), digest) && Objects.equals(proof.detail(), detail);
	}

	private static boolean isInPlace(MeshPart part, PartOfRun<?, InterNodeOutcome> run) {
		InterNodeOutcome found = run.outcome();
		return found != null && run.run().node().management().mode() != Mode.OBSERVE && part.isComplete()
				&& !found.hasLearned(part);
	}

	/** What stands in the way of one of its accounts, or null. */
	private static @Nullable String detail(MeshPart part, PartOfRun<?, InterNodeOutcome> run) {
		if (run.broken() != null) {
			return run.broken();
		}
		Map<String, String> obstacles = (run.outcome() != null) ? run.outcome().obstacles() : Map.of();
		for (String account : AccountMesh.of(List.of(part)).keySet()) {
			if (obstacles.containsKey(account)) {
				return obstacles.get(account);
			}
			for (AccountOutcome each : run.run().accounts()) {
				if (each.account().equals(account) && each.isFailed()) {
					return each.state().detail();
				}
			}
		}
		return null;
	}

}
