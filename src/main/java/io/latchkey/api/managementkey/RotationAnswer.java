package io.latchkey.api.managementkey;

import java.time.Instant;
import java.util.List;

import io.latchkey.managementkeys.KeyRotation.Standing;
import io.latchkey.managementkeys.KeyRotation;
import org.jspecify.annotations.Nullable;

/**
 * A rotation that is under way.
 *
 * @param former the fingerprint of the key that the nodes move from
 * @param nodes those that have not moved, the first of them
 */
record RotationAnswer(String former, Instant startedAt, long moved, long waiting, long away, long observed, long failed,
		List<NodeAnswer> nodes) {

	private static final int MOST_NODES = 500;

	static RotationAnswer of(KeyRotation rotation) {
		return new RotationAnswer(rotation.before().fingerprint().value(), rotation.startedAt(), rotation.moved(),
				rotation.count(Standing.WAITING), rotation.count(Standing.AWAY), rotation.count(Standing.OBSERVED),
				rotation.count(Standing.FAILED),
				rotation.nodes().stream().limit(MOST_NODES).map(NodeAnswer::of).toList());
	}

	/**
	 * A node that has not moved.
	 */
	record NodeAnswer(String node, Standing state, @Nullable String detail, @Nullable Instant lastCheckedAt) {

		static NodeAnswer of(KeyRotation.Node node) {
			return new NodeAnswer(node.name(), node.standing(), node.detail(), node.lastCheckedAt());
		}

	}

}
