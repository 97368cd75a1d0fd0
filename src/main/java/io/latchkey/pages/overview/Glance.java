package io.latchkey.pages.overview;

import java.util.List;
import java.util.Map;

import io.latchkey.nodestate.NodeState;

/**
 * How all the nodes stand.
 *
 * @param counts every state with its number
 */
record Glance(Map<NodeState, Long> counts, long nodes, long inSync, List<CellGroup> groups) {
}
