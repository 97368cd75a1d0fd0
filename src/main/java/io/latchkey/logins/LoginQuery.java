package io.latchkey.logins;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which logins are asked for. What is null does not matter.
 *
 * @param since the first instant
 * @param until the first one that is too late
 */
public record LoginQuery(@Nullable String identity, @Nullable String node, @Nullable String account,
		@Nullable String address, @Nullable String fingerprint, @Nullable Long grant, Login.@Nullable Outcome outcome,
		@Nullable Standing standing, @Nullable Instant since, @Nullable Instant until) {

	/** All of them. */
	public static final LoginQuery ALL = new LoginQuery(null, null, null, null, null, null, null, null, null, null);

}
