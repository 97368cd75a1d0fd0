package io.latchkey.inventory;

import io.latchkey.openssh.PublicKey;

/**
 * A host key that a node showed or that is pinned for it.
 */
public record HostKey(PublicKey key) {

}
