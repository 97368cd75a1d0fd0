package io.latchkey.reconcile;

import java.time.Instant;
import java.util.SortedSet;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A line that Latchkey wrote, or was about to write.
 *
 * @param unwantedSince since when it should be gone and is not known to be, or null
 */
record PlacedLine(long id, String account, String line, Fingerprint fingerprint, String identity,
		SortedSet<Long> grants, @Nullable Instant unwantedSince) {

}
