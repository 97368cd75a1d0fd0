package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The ways to nodes that are reached through others (ssh_config(5), {@code ProxyJump}).
 */
@Component
class JumpNodes {

	/** How many may lie before a node. */
	static final int MOST = 8;

	private static final String FIELD = "jumpNode";

	private final NodeRepository nodes;

	JumpNodes(NodeRepository nodes) {
		this.nodes = nodes;
	}

	/**
	 * The node of that name, from which nobody deletes or turns away anything on the way
	 * until the transaction ends.
	 * @param node the name of the one that is to be reached
	 * @throws InvalidInputException when there is none, or when the way leads back to the
	 * node or has too many jumps
	 */
	@Nullable NodeId resolve(String node, @Nullable String jumpNode) {
		if (jumpNode == null) {
			return null;
		}
		NodeEntity jump = this.nodes.lockByName(jumpNode)
			.orElseThrow(() -> new InvalidInputException(Fault.of(FIELD, "node.unknown", jumpNode)));
		NodeEntity next = jump;
		for (int jumps = 1; jumps <= MOST; jumps++) {
			if (next.name().equals(node)) {
				throw new InvalidInputException(Fault.of(FIELD, "jump-node.circle", node));
			}
			NodeId before = next.jump();
			if (before == null) {
				return jump.id();
			}
			next = this.nodes.lockAll(List.of(before.value())).get(0);
		}
		throw new InvalidInputException(Fault.of(FIELD, "jump-node.far", MOST));
	}

	/**
	 * @throws JumpNodeInUseException when others are reached through it
	 */
	void checkUnused(NodeEntity node) {
		List<String> behind = this.nodes.behind(node.id().value());
		if (!behind.isEmpty()) {
			throw new JumpNodeInUseException(node.name(), behind);
		}
	}

}
