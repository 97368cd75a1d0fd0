package io.latchkey.inventory;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A set of nodes.
 *
 * @param nodes the names of its nodes
 */
public record Cluster(ClusterId id, String name, @Nullable String displayName, List<String> nodes, long version) {

}
