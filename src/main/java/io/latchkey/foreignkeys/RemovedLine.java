package io.latchkey.foreignkeys;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A foreign line that {@code EXCLUSIVE} took off, stored before it was removed.
 *
 * @param fingerprint of its key, or null when it has none
 * @param removedAt when it was removed last
 * @param restoredAt since when it is kept on its account again, or null
 * @param restoredBy who restored it, or null
 */
public record RemovedLine(long id, String account, String line, @Nullable Fingerprint fingerprint, Instant removedAt,
		@Nullable Instant restoredAt, @Nullable String restoredBy) {

	/** What it is, in a few words: the fingerprint where it has a key. */
	String brief() {
		if (this.fingerprint != null) {
			return this.account + ": " + this.fingerprint.value();
		}
		return this.account + ": " + ((this.line.length() > 80) ? this.line.substring(0, 80) + "…" : this.line);
	}

}
