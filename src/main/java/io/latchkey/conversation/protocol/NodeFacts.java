package io.latchkey.conversation.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.modulith.NamedInterface;

/**
 * What a node says of itself.
 *
 * @param uid as whom the script runs there; 0 is root
 * @param now the node's clock
 * @param zone the node's time zone at that instant
 * @param clockOffset the node's clock minus Latchkey's, exact to about one round trip
 * @param sshVersion the software version of its banner, such as {@code OpenSSH_9.2p1}
 */
@NamedInterface("protocol")
public record NodeFacts(int uid, Instant now, ZoneOffset zone, Duration clockOffset, String sshVersion) {

	/**
	 * @param from when it was asked for its time, by Latchkey's clock
	 * @param until when that had come
	 */
	public static NodeFacts of(int uid, Instant now, ZoneOffset zone, Instant from, Instant until, String sshVersion) {
		Instant middle = from.plus(Duration.between(from, until).dividedBy(2));
		return new NodeFacts(uid, now, zone, Duration.between(middle, now), sshVersion);
	}

}
