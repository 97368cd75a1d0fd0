package io.latchkey.foreignkeys;

import java.time.Instant;
import java.util.regex.Pattern;

import io.latchkey.core.NotFoundException;
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

	private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

	/** What it is, in a few words: the fingerprint where it has a key. */
	String brief() {
		if (this.fingerprint != null) {
			return this.account + ": " + this.fingerprint.value();
		}
		return this.account + ": " + ((this.line.length() > 80) ? this.line.substring(0, 80) + "…" : this.line);
	}

	/**
	 * The id that a text is.
	 * @throws NotFoundException when it can be none
	 */
	public static long parseId(String text) {
		if (!ID.matcher(text).matches()) {
			throw new NotFoundException("removed line", text);
		}
		return Long.parseLong(text);
	}

}
