package io.latchkey.internode;

import java.util.Set;

import io.latchkey.inventory.NodeId;

/**
 * Something that changes what has to stand on the nodes of a cluster.
 */
public interface InterNodeEvent {

	/** The nodes on which something else has to stand now. */
	Set<NodeId> nodes();

	/** Whether something has to go from them. */
	default boolean removes() {
		return true;
	}

}
