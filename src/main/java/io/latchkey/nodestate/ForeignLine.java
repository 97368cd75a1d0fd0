package io.latchkey.nodestate;

import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

/**
 * A line that lets a key in and that Latchkey neither wrote nor has a grant for, as last
 * observed.
 */
public record ForeignLine(NodeId node, String account, Fingerprint fingerprint, String line) {

}
