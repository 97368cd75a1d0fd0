package io.latchkey.delivery;

import java.time.Instant;

import io.latchkey.grants.GrantId;
import org.jspecify.annotations.Nullable;

/**
 * A grant that failed on a node on which all else is well.
 *
 * @param node the node's name
 * @param detail why, for a person
 */
public record FailedDelivery(GrantId grant, String node, String account, @Nullable String detail, Instant since) {

}
