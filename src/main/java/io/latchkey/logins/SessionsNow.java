package io.latchkey.logins;

import java.time.Instant;
import java.util.List;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a node serves at an instant, without Latchkey's own.
 *
 * @param others how many more are of accounts that could not be looked at
 * @param obstacle why not all are known, for a person; null when they are
 */
public record SessionsNow(String node, Instant at, List<Session> sessions, int others, @Nullable String obstacle) {

	/**
	 * One of them.
	 *
	 * @param process the number of its process on the node
	 * @param start when that process started, in clock ticks since the node did; with the
	 * number it is one process and no other
	 * @param since the same, by Latchkey's clock
	 * @param address where it comes from; null where that cannot be seen
	 * @param opened null where no log tells how it was opened
	 */
	public record Session(String account, long process, long start, Instant since, @Nullable String address,
			@Nullable Opening opened) {

	}

	/**
	 * How one was opened.
	 *
	 * @param method as in RFC 4252
	 * @param key null where it was none, or the log does not name it
	 * @param identity whose key it was; null when that is not known
	 * @param grant by which it was let in; null when that is not known
	 * @param proved whether nobody but root can have written what the log tells
	 */
	public record Opening(String method, @Nullable Fingerprint key, Standing standing, @Nullable String identity,
			@Nullable Long grant, boolean proved) {

	}

}
