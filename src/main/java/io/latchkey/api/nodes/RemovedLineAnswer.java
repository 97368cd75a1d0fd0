package io.latchkey.api.nodes;

import java.time.Instant;

import io.latchkey.foreignkeys.RemovedLine;
import org.jspecify.annotations.Nullable;

/**
 * A foreign line that was taken off.
 *
 * @param identity whose key it is, when Latchkey knows it
 * @param restoredAt since when it is kept on its account again
 */
record RemovedLineAnswer(long id, String account, String line, @Nullable String fingerprint, @Nullable String identity,
		Instant removedAt, @Nullable Instant restoredAt, @Nullable String restoredBy) {

	static RemovedLineAnswer of(RemovedLine line, @Nullable String identity) {
		return new RemovedLineAnswer(line.id(), line.account(), line.line(),
				(line.fingerprint() != null) ? line.fingerprint().value() : null, identity, line.removedAt(),
				line.restoredAt(), line.restoredBy());
	}

}
