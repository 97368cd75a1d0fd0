package io.latchkey.logins;

import java.time.Instant;
import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A key of an identity by which no log tells that anybody came for a time, wherever it
 * stands.
 *
 * @param last when it last let in, before that; null when that is not known
 * @param nodes on how many Latchkey's lines for it stand
 * @param unknown those of them whose logs do not tell who came all that time
 */
public record UnusedKey(String identity, Fingerprint key, String comment, Instant addedAt, @Nullable KeyUse last,
		int nodes, List<Unknown> unknown) {

	/** Whether it is known that nobody came. */
	public boolean isUnused() {
		return this.unknown.isEmpty();
	}

}
