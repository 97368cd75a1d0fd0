package io.latchkey.reconcile;

import java.time.Instant;

import io.latchkey.grants.GrantId;
import org.jspecify.annotations.Nullable;

/**
 * A key that should be gone from a node and is not known to be gone.
 *
 * @param since since when it should be gone
 * @param endsByItself whether the line carries an end that sshd keeps by itself
 */
public record OverdueRemoval(GrantId grant, String subject, String node, String account, Instant since,
		NodeState nodeState, @Nullable String detail, boolean endsByItself) {

}
