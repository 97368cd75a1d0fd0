package io.latchkey.pages.overview;

import io.latchkey.reconcile.NodeState;

/**
 * A node in the grid.
 */
record Cell(String node, NodeState state) {
}
