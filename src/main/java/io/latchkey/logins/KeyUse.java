package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a key last let in, as which account of which node.
 *
 * @param fingerprint {@link #UNNAMED} where the log does not name the key
 * @param proved whether nobody but root can have written the line that says so
 */
public record KeyUse(String fingerprint, String node, String account, Instant at, String address, Standing standing,
		@Nullable String identity, @Nullable Long grant, boolean proved) {

	/** Of the keys that a log does not name. */
	static final String UNNAMED = "-";

	/** Whether the log names the key. */
	public boolean isNamed() {
		return !UNNAMED.equals(this.fingerprint);
	}

}
