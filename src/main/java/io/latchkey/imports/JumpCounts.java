package io.latchkey.imports;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.imports.ImportPlan.PlannedNode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;

/**
 * How many jump nodes lie before each node.
 */
class JumpCounts {

	private final Map<String, Integer> counts = new HashMap<>();

	JumpCounts(Map<String, Node> existing) {
		existing.values().forEach((node) -> this.counts.put(node.name(), count(node, existing)));
	}

	private static int count(Node node, Map<String, Node> existing) {
		int jumps = 0;
		Node next = node;
		while (next != null && next.route().jumpNode() != null && jumps <= Nodes.MOST_JUMPS) {
			next = existing.get(next.route().jumpNode());
			jumps++;
		}
		return jumps;
	}

	/**
	 * Those of the planned nodes that cannot be reached through nodes that there are or
	 * that can be: the way leads back, or has too many jumps.
	 */
	Set<PlannedNode> withoutWay(Collection<PlannedNode> planned) {
		Set<PlannedNode> left = new LinkedHashSet<>(planned);
		for (int round = 0; round <= Nodes.MOST_JUMPS; round++) {
			List<PlannedNode> next = left.stream().filter(this::isReached).toList();
			next.forEach((node) -> this.counts.put(node.draft().name(), countTo(node)));
			next.forEach(left::remove);
		}
		return left;
	}

	private boolean isReached(PlannedNode node) {
		return node.draft().passage().jumpNode() == null || countTo(node) <= Nodes.MOST_JUMPS;
	}

	private int countTo(PlannedNode node) {
		String jump = node.draft().passage().jumpNode();
		return (jump == null) ? 0 : this.counts.getOrDefault(jump, Nodes.MOST_JUMPS) + 1;
	}

}
