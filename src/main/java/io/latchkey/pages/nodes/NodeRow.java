package io.latchkey.pages.nodes;

import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeStatus;

/**
 * A node in a list.
 */
record NodeRow(Node node, NodeStatus status) {
}
