package io.latchkey.reconcile.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many more foreign lines of each account can be stored before they are taken off, as
 * it was before the run and as the run goes on.
 */
public final class RoomForRemoved {

	/** Foreign lines of one account that are stored after they were removed. */
	static final int MOST = 10_000;

	/**
	 * And of all accounts together that nobody has a grant for: the node says which there
	 * are.
	 */
	static final int MOST_OF_OTHERS = 50_000;

	private final Map<String, Long> stored;

	private final Set<String> own;

	/**
	 * @param stored how many are, by account
	 * @param own the accounts that Latchkey has to do with
	 */
	public RoomForRemoved(Map<String, Long> stored, Set<String> own) {
		this.stored = new HashMap<>(stored);
		this.own = Set.copyOf(own);
	}

	public boolean isFor(String account, int lines) {
		return this.stored.getOrDefault(account, 0L) + lines <= MOST
				&& (this.own.contains(account) || ofOthers() + lines <= MOST_OF_OTHERS);
	}

	private long ofOthers() {
		return this.stored.entrySet()
			.stream()
			.filter((each) -> !this.own.contains(each.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/** So many more are stored now, or fewer where some of them were before. */
	public void take(String account, int lines) {
		this.stored.merge(account, (long) lines, Long::sum);
	}

}
