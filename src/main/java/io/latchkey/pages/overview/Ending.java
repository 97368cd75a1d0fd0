package io.latchkey.pages.overview;

import java.time.Instant;

import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;

/**
 * A grant that ends within the next 24 hours.
 *
 * @param percent how much of the time line it still has
 */
record Ending(String id, Subject subject, Target target, String account, Instant at, double percent) {
}
