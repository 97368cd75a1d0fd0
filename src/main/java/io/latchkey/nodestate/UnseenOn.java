package io.latchkey.nodestate;

import io.latchkey.inventory.NodeId;

/** The accounts of one node that are not looked at. */
public record UnseenOn(NodeId node, UnseenAccounts accounts) {

}
