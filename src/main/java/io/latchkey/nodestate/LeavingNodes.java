package io.latchkey.nodestate;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import io.latchkey.inventory.NodeId;

/** Knows which nodes leave. */
public interface LeavingNodes {

	/** Since when each of those does that leave. */
	Map<NodeId, Instant> askedAt(Collection<NodeId> nodes);

}
