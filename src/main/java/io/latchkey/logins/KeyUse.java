package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a key last let in, as which account of which node.
 *
 * @param proved whether nobody but root can have written the line that says so
 */
public record KeyUse(String fingerprint, String node, String account, Instant at, String address, Standing standing,
		@Nullable String identity, @Nullable Long grant, boolean proved) {

}
