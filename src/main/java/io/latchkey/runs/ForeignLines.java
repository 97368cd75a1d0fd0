package io.latchkey.runs;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile.Line;

/**
 * Decides of the lines that are none of Latchkey's, and keeps those that a run takes off.
 */
public interface ForeignLines {

	/**
	 * What was decided of them on these nodes, with a number of queries that does not
	 * depend on theirs.
	 */
	Map<NodeId, ForeignLineDecisions> decisionsOn(Collection<NodeId> nodes);

	/** Stores them before they are taken off. */
	void store(StatementBatch batch, NodeId node, String account, Collection<Line> lines, Instant now);

}
