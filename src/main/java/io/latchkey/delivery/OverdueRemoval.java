package io.latchkey.delivery;

import java.time.Instant;

import io.latchkey.grants.GrantId;
import io.latchkey.nodestate.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * A key that should be gone from a node and is not known to be gone.
 *
 * @param since since when it should be gone
 * @param endsByItself whether sshd refuses the key from an end on that its lines carry:
 * not where another line of it stands there without one
 */
public record OverdueRemoval(GrantId grant, String subject, String node, String account, Instant since,
		NodeState nodeState, @Nullable String detail, boolean endsByItself) {

}
