package io.latchkey.pages.nodes;

import io.latchkey.foreignkeys.RemovedLine;
import org.jspecify.annotations.Nullable;

/**
 * A removed line in a list.
 *
 * @param id as it stands in an address
 * @param identity whose key it is, when Latchkey knows it
 */
record RemovedRow(String id, RemovedLine line, @Nullable String identity) {

}
