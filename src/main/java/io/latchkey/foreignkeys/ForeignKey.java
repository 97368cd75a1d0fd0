package io.latchkey.foreignkeys;

import java.time.Instant;
import java.util.List;

import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that is let in without a grant, and where.
 *
 * @param comment the first that stands behind it; empty when none does
 * @param identity whose it is, when Latchkey knows
 * @param places where it stands; of many, the first
 * @param standing how many lines there are with it
 */
public record ForeignKey(PublicKey key, String comment, @Nullable String identity, List<Place> places,
		@Nullable Toleration toleration, long standing) {

	ForeignKey standing(long standing) {
		return new ForeignKey(this.key, this.comment, this.identity, this.places, this.toleration, standing);
	}

	/** How many places there are that are not told. */
	public long more() {
		return Math.max(0, this.standing - this.places.size());
	}

	/** Whether it is to go from somewhere. */
	public boolean isUnwanted() {
		return this.places.stream().anyMatch((place) -> place.removal() != null);
	}

	/**
	 * One line with it.
	 *
	 * @param options as they stand in the file; empty when there are none
	 * @param removal that it is to go from there, or null
	 */
	public record Place(String node, String account, String line, String options, @Nullable Removal removal) {

	}

	/**
	 * That a key is to go from an account, and was not seen gone yet.
	 *
	 * @param askedBy who wanted it gone
	 * @param standing why it still stands there
	 * @param detail what is the matter with the node, or null
	 */
	public record Removal(Instant askedAt, String askedBy, UnwantedKey.Standing standing, @Nullable String detail) {

		static Removal of(UnwantedKey key) {
			return new Removal(key.askedAt(), key.askedBy(), key.standing(), key.detail());
		}

	}

}
