package io.latchkey.reconcile;

import java.time.Instant;

/**
 * A foreign line that {@code EXCLUSIVE} took off, stored before it was removed.
 */
public record RemovedLine(long id, String account, String line, Instant removedAt) {

}
