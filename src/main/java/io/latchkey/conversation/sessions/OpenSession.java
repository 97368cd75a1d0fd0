package io.latchkey.conversation.sessions;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * A session that a node serves now, and what its logs tell of how it was opened.
 *
 * @param process the number of sshd's process that the log names
 * @param start when that process started, in clock ticks since the node did; with the
 * number it is one process and no other
 * @param since the same, by the node's clock
 * @param address where it comes from; null where that cannot be seen
 * @param method as in RFC 4252; null where no log tells, or not without contradiction
 * @param key null where no log tells, or not without contradiction
 * @param proved whether nobody but root can have written what the log tells
 */
@NamedInterface("sessions")
public record OpenSession(String account, long process, long start, Instant since, @Nullable String address,
		@Nullable String method, @Nullable Fingerprint key, boolean proved) {

}
