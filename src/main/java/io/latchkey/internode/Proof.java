package io.latchkey.internode;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run has last found of a node's part.
 *
 * @param digest of the part that was proved to be in place, or null
 * @param detail what stood in the way, for a person, or null
 */
public record Proof(@Nullable String digest, @Nullable String detail, Instant at) {

}
