package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A node on which it is not known who came, and why.
 *
 * @param at since when, or until when, something is known; null when that is never
 */
public record Unknown(String node, LogCoverage.Gap gap, @Nullable Instant at) {

}
