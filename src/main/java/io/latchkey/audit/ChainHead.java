package io.latchkey.audit;

import org.jspecify.annotations.Nullable;

/**
 * The end of the chain as the database has it.
 *
 * @param seal what {@link HeadSeal} makes of the rest, or null when it was never sealed
 * @param brokenAt the first place at which the seal did not fit; null while it always did
 */
record ChainHead(long sequence, String hash, @Nullable String seal, @Nullable Long brokenAt) {

	ChainLink link() {
		return new ChainLink(this.sequence, this.hash);
	}

	/** Of what follows a head whose seal does not fit: that is not forgotten. */
	long brokenHere() {
		return (this.brokenAt != null) ? this.brokenAt : Math.max(1, this.sequence);
	}

}
