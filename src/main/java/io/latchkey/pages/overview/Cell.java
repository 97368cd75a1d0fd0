package io.latchkey.pages.overview;

import io.latchkey.nodestate.NodeState;

/**
 * A node in the grid.
 */
record Cell(String node, NodeState state) {
}
