package io.latchkey.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Component;

/**
 * Reads with which of its own keys Latchkey logs in to a node, and whether the node has
 * still to move there: from the one before when it is rotated, and from one of another
 * kind when the node is to know another.
 */
@Component
class ManagementLinesReader {

	private final ManagementKeys keys;

	private final KeyRotationRepository moves;

	ManagementLinesReader(ManagementKeys keys, KeyRotationRepository moves) {
		this.keys = keys;
		this.moves = moves;
	}

	ManagementLines of(Node node) {
		List<ManagementKey> all = this.keys.all();
		List<ManagementKey> own = all.stream().filter((key) -> key.kind() == node.managementKey()).toList();
		if (own.isEmpty()) {
			own = List.of(this.keys.newest(node.managementKey()));
		}
		return (own.size() > 1 || !hasMoved(node, own.get(0))) ? lines(own, all, all) : lines(own, List.of(), all);
	}

	/** Whatever may have been put there. */
	ManagementLines ofLeaving(Node node) {
		List<ManagementKey> all = this.keys.all();
		List<ManagementKey> own = all.stream().filter((key) -> key.kind() == node.managementKey()).toList();
		return lines(own.isEmpty() ? all : own, all, all);
	}

	/** A node of which nothing is noted has known the usual one from the start. */
	private boolean hasMoved(Node node, ManagementKey newest) {
		Optional<KeyStanding> standing = this.moves.find(node.id());
		return standing.map((noted) -> noted.key() == newest.id() && noted.cleared())
			.orElse(node.managementKey() == ManagementKeyKind.USUAL);
	}

	private ManagementLines lines(List<ManagementKey> own, List<ManagementKey> others, List<ManagementKey> all) {
		Set<Fingerprint> fingerprints = all.stream().map(ManagementKey::fingerprint).collect(Collectors.toSet());
		return new ManagementLines(Stream.concat(own.stream(), others.stream()).distinct().toList(), fingerprints,
				this.keys.authorizedKeysLine(own.get(0).publicKey()));
	}

}
