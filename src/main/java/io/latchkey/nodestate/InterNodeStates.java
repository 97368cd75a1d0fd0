package io.latchkey.nodestate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.internode.KeyFile;
import io.latchkey.internode.MeshPart;
import io.latchkey.internode.Meshes;
import io.latchkey.internode.Pair;
import io.latchkey.internode.Proof;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.InterNodeState.Stand;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far the inter-node keys of clusters are on their nodes.
 */
@Service
@Transactional(readOnly = true)
public class InterNodeStates {

	private final Meshes meshes;

	private final Nodes nodes;

	private final NodeStateRepository states;

	InterNodeStates(Meshes meshes, Nodes nodes, NodeStateRepository states) {
		this.meshes = meshes;
		this.nodes = nodes;
		this.states = states;
	}

	/** By the nodes' names; none without a strategy. */
	public List<InterNodeState> of(ClusterId cluster) {
		Map<NodeId, MeshPart> parts = this.meshes.partsIn(cluster)
			.stream()
			.collect(Collectors.toMap(MeshPart::node, (part) -> part));
		Map<NodeId, NodeStateRow> rows = this.states.findAll(parts.keySet())
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row));
		return this.nodes.all(parts.keySet())
			.stream()
			.map((node) -> state(node, Objects.requireNonNull(parts.get(node.id())), rows.get(node.id())))
			.toList();
	}

	private static InterNodeState state(Node node, MeshPart part, @Nullable NodeStateRow row) {
		Proof proof = part.proof();
		List<Fingerprint> keys = part.keyFiles()
			.stream()
			.map(KeyFile::pair)
			.filter(Objects::nonNull)
			.map(Pair::publicKey)
			.map((key) -> key.fingerprint())
			.toList();
		String detail = (proof != null) ? proof.detail() : null;
		return new InterNodeState(node.name(), stand(node, part, row), keys, detail,
				(proof != null) ? proof.at() : null);
	}

	private static Stand stand(Node node, MeshPart part, @Nullable NodeStateRow row) {
		if (!node.enrolled()) {
			return Stand.NOT_ENROLLED;
		}
		if (node.management().mode() == Mode.OBSERVE) {
			return Stand.OBSERVED;
		}
		if (row != null && row.state().isAway()) {
			return Stand.AWAY;
		}
		if (part.isComplete() && part.isProven()) {
			return Stand.IN_PLACE;
		}
		Proof proof = part.proof();
		return (proof != null && proof.detail() != null) ? Stand.FAILED : Stand.PENDING;
	}

}
