package io.latchkey.enrolment;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a node showed of itself when it was asked without logging in. Nobody has said yet
 * that the keys are the node's.
 *
 * @param hostKeys one for each algorithm it has; none when it could not be asked
 * @param failure why it could not be asked, or null
 */
public record HostKeyScan(NodeId node, Instant scannedAt, List<HostKey> hostKeys, @Nullable String failure) {

}
