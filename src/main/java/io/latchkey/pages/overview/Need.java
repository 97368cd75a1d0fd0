package io.latchkey.pages.overview;

import java.time.Instant;

import io.latchkey.pages.Mark;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should see to.
 *
 * @param text what it is, in a few words
 * @param detail what is known of it and what to do
 * @param link where to go for it
 * @param act where those who may change something go in its place, or null
 * @param checkNow the node to be looked at again, or null
 * @param compare the node whose host keys are to be compared, or null
 */
record Need(Mark mark, boolean overdue, String text, @Nullable String detail, @Nullable Instant since, String link,
		@Nullable String act, @Nullable String checkNow, @Nullable String compare) {
}
