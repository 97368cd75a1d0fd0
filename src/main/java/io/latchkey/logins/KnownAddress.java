package io.latchkey.logins;

import java.time.Instant;

/**
 * A place that somebody came from.
 *
 * @param who an identity by name, or a key that is nobody's by its fingerprint
 * @param place an address, of IPv6 its network
 */
record KnownAddress(String who, String place, Instant firstAt, Instant lastAt) {

	/** The same, when they came at that instant as well. */
	KnownAddress at(Instant instant) {
		return new KnownAddress(this.who, this.place, instant.isBefore(this.firstAt) ? instant : this.firstAt,
				instant.isAfter(this.lastAt) ? instant : this.lastAt);
	}

}
