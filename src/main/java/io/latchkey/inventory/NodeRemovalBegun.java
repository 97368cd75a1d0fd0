package io.latchkey.inventory;

import java.util.Set;

/**
 * A node is about to be removed in the transaction at hand, and all that hangs on it with
 * it. Whoever has locks to take for that takes them now.
 *
 * @param clusters the clusters that it is in
 */
public record NodeRemovalBegun(NodeId id, Set<ClusterId> clusters) {

}
