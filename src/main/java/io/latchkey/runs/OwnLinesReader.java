package io.latchkey.runs;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;

/** Reads by which lines nodes let Latchkey itself in. */
public interface OwnLinesReader {

	/**
	 * In the transaction at hand, with a number of queries that does not depend on that
	 * of the nodes.
	 * @param cleared those of them that are to be cleared, whatever was put there
	 */
	Map<NodeId, OwnLines> of(Collection<Node> nodes, Set<NodeId> cleared);

}
