package io.latchkey.foreignkeys;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.latchkey.openssh.Fingerprint;

/**
 * What was decided of foreign keys, for one node.
 *
 * @param tolerated until when they may stand, also where only desired lines may
 * @param unwanted those that are to go, by account
 */
public record Decided(Map<Fingerprint, Instant> tolerated, Map<String, Set<Fingerprint>> unwanted) {

	/** Nothing was. */
	public static final Decided NOTHING = new Decided(Map.of(), Map.of());

	public Set<Fingerprint> unwantedOn(String account) {
		return this.unwanted.getOrDefault(account, Set.of());
	}

}
