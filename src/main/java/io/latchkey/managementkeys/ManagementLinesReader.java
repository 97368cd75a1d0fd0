package io.latchkey.managementkeys;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.runs.KeyMove;
import io.latchkey.runs.KeyStanding;
import io.latchkey.runs.OwnLines;
import io.latchkey.runs.OwnLinesReader;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads with which of its own keys Latchkey logs in to a node, and whether the node has
 * still to move there: from the one before when it is rotated, and from one of another
 * kind when the node is to know another.
 */
@Component
class ManagementLinesReader implements OwnLinesReader {

	private final ManagementKeys keys;

	private final KeyRotationRepository moves;

	ManagementLinesReader(ManagementKeys keys, KeyRotationRepository moves) {
		this.keys = keys;
		this.moves = moves;
	}

	@Override
	public Map<NodeId, OwnLines> of(Collection<Node> nodes, Set<NodeId> cleared) {
		List<ManagementKey> all = this.keys.all();
		Map<NodeId, KeyStanding> standings = this.moves.find(nodes.stream().map(Node::id).toList());
		Map<NodeId, OwnLines> lines = new HashMap<>();
		nodes.forEach((node) -> lines.put(node.id(),
				cleared.contains(node.id()) ? ofCleared(node, all) : of(node, all, standings.get(node.id()))));
		return lines;
	}

	private OwnLines of(Node node, List<ManagementKey> all, @Nullable KeyStanding standing) {
		List<ManagementKey> own = of(node, all);
		if (own.isEmpty()) {
			own = List.of(this.keys.newest(node.management().key()));
		}
		return (own.size() > 1 || !hasMoved(node, own.get(0), standing)) ? lines(own, all, all)
				: lines(own, List.of(), all);
	}

	private OwnLines ofCleared(Node node, List<ManagementKey> all) {
		List<ManagementKey> own = of(node, all);
		return lines(own.isEmpty() ? all : own, all, all);
	}

	private static List<ManagementKey> of(Node node, List<ManagementKey> all) {
		return all.stream().filter((key) -> key.kind() == node.management().key()).toList();
	}

	/** A node of which nothing is noted has known the usual one from the start. */
	private static boolean hasMoved(Node node, ManagementKey newest, @Nullable KeyStanding standing) {
		return (standing != null) ? standing.key() == newest.id() && standing.cleared()
				: node.management().key() == ManagementKeyKind.USUAL;
	}

	private OwnLines lines(List<ManagementKey> own, List<ManagementKey> others, List<ManagementKey> all) {
		Set<Fingerprint> fingerprints = all.stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
		ManagementLines lines = new ManagementLines(Stream.concat(own.stream(), others.stream()).distinct().toList(),
				this.keys.authorizedKeysLine(own.get(0).publicKey()));
		return new OwnLines(lines.line(), lines.fingerprints(), fingerprints,
				() -> lines.rotates() ? new MoveToNewest(lines) : KeyMove.NONE);
	}

}
