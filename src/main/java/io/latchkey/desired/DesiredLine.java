package io.latchkey.desired;

import java.time.Instant;
import java.util.SortedSet;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A line that should stand in an account's file.
 *
 * @param text the line as it is written, without its end
 * @param identity the name of the identity whose key it is; of an inter-node key
 * {@code cluster:<name>} or {@code node:<name>}
 * @param grants the ids of the grants that it stands for; none for an inter-node key
 * @param until when it ends, or null
 */
public record DesiredLine(String text, Fingerprint fingerprint, String identity, SortedSet<Long> grants,
		@Nullable Instant until) {

	/** Whether it ends only when Latchkey takes it off. */
	public boolean expiryDepends() {
		return this.until != null && !this.text.contains("expiry-time=");
	}

}
