package io.latchkey.reconcile.record;

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
import io.latchkey.reconcile.ReconcileProperties;
import io.latchkey.reconcile.converse.AccountOutcome;
import io.latchkey.reconcile.converse.InterNodeOutcome;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes what a run has found of a node's inter-node keys, before the run itself is
 * stored: whom that wakes is then awaited together with this node.
 */
@Component
public class InterNodeRecorder {

	private final InterNodeKeys interNodeKeys;

	private final Nodes nodes;

	private final NodeStateRepository states;

	private final ReconcileProperties properties;

	private final TransactionTemplate transaction;

	InterNodeRecorder(InterNodeKeys interNodeKeys, Nodes nodes, NodeStateRepository states,
			ReconcileProperties properties, TransactionTemplate transaction) {
		this.interNodeKeys = interNodeKeys;
		this.nodes = nodes;
		this.states = states;
		this.properties = properties;
		this.transaction = transaction;
	}

	/** One transaction for each cluster that has something to note, and mostly none. */
	public void store(RunInput input, RunOutcome outcome) {
		for (MeshPart part : input.records().mesh()) {
			InterNodeOutcome found = outcome.interNode();
			String detail = detail(part, outcome);
			boolean looked = outcome.failure() == null;
			String digest = (looked && detail == null && isInPlace(part, input, outcome)) ? part.digest() : null;
			boolean isNew = looked && (found.hasLearned(part) || !isNoted(part.proof(), digest, detail));
			if (isNew || part.generations().size() > 1) {
				try {
					this.transaction.executeWithoutResult((status) -> store(part, outcome, digest, detail));
				}
				catch (NotFoundException ex) {
					// the cluster is gone by now, and all that was to be noted with it
				}
			}
		}
	}

	private void store(MeshPart part, RunOutcome outcome, @Nullable String digest, @Nullable String detail) {
		if (outcome.failure() == null) {
			outcome.interNode()
				.learned()
				.stream()
				.filter((each) -> each.part().cluster().equals(part.cluster()))
				.forEach(
						(each) -> this.interNodeKeys.learn(part, each.generation(), each.publicKey(), each.fileHash()));
			this.interNodeKeys.prove(part, digest, detail);
		}
		if (part.generations().size() > 1) {
			advance(part, outcome);
		}
	}

	private void advance(MeshPart part, RunOutcome outcome) {
		List<Node> members = this.nodes.all(part.members().stream().map((member) -> member.id()).toList());
		Set<NodeId> counting = members.stream()
			.filter((node) -> node.enrolled() && node.mode() != Mode.OBSERVE)
			.map(Node::id)
			.collect(Collectors.toSet());
		Set<NodeId> away = new HashSet<>(this.states.findAll(counting)
			.stream()
			.filter((row) -> row.state().isAway())
			.map(NodeStateRow::node)
			.toList());
		away.remove(part.node());
		if (outcome.state().isAway()) {
			away.add(part.node());
		}
		this.interNodeKeys.advance(part.cluster(), part.clusterName(), counting, away, this.properties.overlap());
	}

	private static boolean isNoted(@Nullable Proof proof, @Nullable String digest, @Nullable String detail) {
		return (proof == null) ? digest == null && detail == null
				: Objects.equals(proof.digest(), digest) && Objects.equals(proof.detail(), detail);
	}

	private static boolean isInPlace(MeshPart part, RunInput input, RunOutcome outcome) {
		return input.node().mode() != Mode.OBSERVE && part.isComplete() && !outcome.interNode().hasLearned(part);
	}

	/** What stands in the way of one of its accounts, or null. */
	private static @Nullable String detail(MeshPart part, RunOutcome outcome) {
		Map<String, String> problems = outcome.interNode().problems();
		for (String account : AccountMesh.of(List.of(part)).keySet()) {
			if (problems.containsKey(account)) {
				return problems.get(account);
			}
			for (AccountOutcome each : outcome.accounts()) {
				if (each.account().equals(account) && each.isFailed()) {
					return each.state().detail();
				}
			}
		}
		return null;
	}

}
