package io.latchkey.reconcile;

import java.util.HashMap;
import java.util.Map;

/**
 * How many more foreign lines of each account can be stored before they are taken off, as
 * it was before the run and as the run goes on.
 */
final class RoomForRemoved {

	/** Foreign lines of one account that are stored after they were removed. */
	static final int MOST = 10_000;

	private final Map<String, Long> stored;

	/**
	 * @param stored how many are, by account
	 */
	RoomForRemoved(Map<String, Long> stored) {
		this.stored = new HashMap<>(stored);
	}

	boolean isFor(String account, int lines) {
		return this.stored.getOrDefault(account, 0L) + lines <= MOST;
	}

	/** So many more are stored now, or fewer where some of them were before. */
	void take(String account, int lines) {
		this.stored.merge(account, (long) lines, Long::sum);
	}

}
