package io.latchkey.foreignkeys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import io.latchkey.openssh.Fingerprint;

/**
 * Where keys would be let in that an identity adopts, beside where they stand already:
 * wherever that identity may log in, now or later. The comment behind a key, which
 * anybody writes, says nothing of whose it is.
 *
 * @param places by node and account
 */
public record AdoptionReach(String identity, Set<Fingerprint> keys, List<Place> places) {

	public AdoptionReach {
		keys = Set.copyOf(keys);
		places = places.stream()
			.distinct()
			.sorted(Comparator.comparing(Place::node).thenComparing(Place::account))
			.toList();
	}

	/** An account on a node, by their names. */
	public record Place(String node, String account) {

	}

	public long countNodes() {
		return this.places.stream().map(Place::node).distinct().count();
	}

	/**
	 * Stands for just these keys, that identity and these places: SHA-256, in hex.
	 */
	public String digest() {
		StringBuilder canonical = new StringBuilder(this.identity).append('\n');
		this.keys.stream().map(Fingerprint::value).sorted().forEach((key) -> canonical.append(key).append('\n'));
		this.places.forEach((place) -> canonical.append(place.node()).append(' ').append(place.account()).append('\n'));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
