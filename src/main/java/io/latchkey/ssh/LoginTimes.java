package io.latchkey.ssh;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long the steps of a login took; the last of them is the one that failed, if any
 * did.
 *
 * @param kept whether there was none, as a session that was kept served
 * @param connect resolving the name and connecting, or null when it did not come to that
 * @param keyExchange until the node had proved to be the pinned one, or null
 * @param authentication until the account was let in, or null
 */
public record LoginTimes(boolean kept, @Nullable Duration connect, @Nullable Duration keyExchange,
		@Nullable Duration authentication) {

	/** There was no login, but a session that was kept. */
	static final LoginTimes KEPT = new LoginTimes(true, null, null, null);

}
