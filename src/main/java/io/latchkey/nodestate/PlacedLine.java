package io.latchkey.nodestate;

import java.time.Instant;
import java.util.SortedSet;

import io.latchkey.desired.DesiredLine;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A line that Latchkey wrote or was about to write, or one that a foreign line stood for.
 *
 * @param unwantedSince since when it should be gone and is not known to be, or null
 * @param origin who wrote the line that stands for it; of a foreign one only its key
 * counts, for Latchkey never takes it off
 * @param stood whether a run has seen it stand; until then it may never have been written
 * @param file in which it was placed; null when that is not known
 */
public record PlacedLine(long id, String account, String line, Fingerprint fingerprint, String identity,
		SortedSet<Long> grants, @Nullable Instant unwantedSince, AccountState.Origin origin, boolean stood,
		@Nullable String file) {

	public boolean isOwn() {
		return this.origin == AccountState.Origin.LATCHKEY;
	}

	/** A line that Latchkey is about to write. */
	public static PlacedLine own(String account, DesiredLine line, String file) {
		return new PlacedLine(0, account, line.text(), line.fingerprint(), line.identity(), line.grants(), null,
				AccountState.Origin.LATCHKEY, false, file);
	}

	/** A line for which a foreign one stands. */
	public static PlacedLine served(String account, DesiredLine line) {
		return new PlacedLine(0, account, line.text(), line.fingerprint(), line.identity(), line.grants(), null,
				AccountState.Origin.FOREIGN, true, null);
	}

	/** The same, where it is not missed. */
	public PlacedLine neverSeen() {
		return new PlacedLine(this.id, this.account, this.line, this.fingerprint, this.identity, this.grants,
				this.unwantedSince, this.origin, false, this.file);
	}

}
