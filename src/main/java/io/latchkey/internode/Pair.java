package io.latchkey.internode;

import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A key pair of a generation, as far as everybody may know it.
 *
 * @param node whose it is; null when it is the cluster's
 * @param fileHash of the private half's file where it is the cluster's, else of the
 * public half's; SHA-256 in hex
 */
public record Pair(long id, GenerationId generation, @Nullable NodeId node, PublicKey publicKey, String fileHash) {

}
