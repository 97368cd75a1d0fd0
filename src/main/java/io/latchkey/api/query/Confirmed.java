package io.latchkey.api.query;

import org.jspecify.annotations.Nullable;

/**
 * What the caller has seen and wants all the same: {@code ?confirm=<digest>} of the
 * preview.
 *
 * @param digest null when nothing is confirmed
 */
public record Confirmed(@Nullable String digest) {

}
