package io.latchkey.nodestate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the time of a run went to. A part that the run did not come to is null; the last
 * one that is not is where a run that failed did so.
 *
 * @param queued from when it was due, or was woken, until it began
 * @param kept whether a session that was kept served it, and there was no login
 * @param connect resolving the name and connecting
 * @param keyExchange until the node had proved to be the pinned one
 * @param authentication until the account was let in
 * @param observe starting the script and looking at the accounts' files
 * @param apply reading and writing them
 * @param confirm proving that Latchkey still gets in
 */
public record RunTimes(Duration queued, boolean kept, @Nullable Duration connect, @Nullable Duration keyExchange,
		@Nullable Duration authentication, @Nullable Duration observe, @Nullable Duration apply,
		@Nullable Duration confirm) {

}
