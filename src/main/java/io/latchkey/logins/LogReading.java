package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far the log of a node was read.
 *
 * @param at when it was read the last time
 * @param until the instant of the last line that was read; null when there was none
 * @param failure why it could not be read the last time; null when it could
 * @param gapFrom since when nothing is known; null when that has no beginning
 * @param gapUntil until when nothing is known, of the last such time; null when there was
 * none
 */
public record LogReading(Instant at, @Nullable Instant until, @Nullable String failure, @Nullable Instant gapFrom,
		@Nullable Instant gapUntil) {

}
