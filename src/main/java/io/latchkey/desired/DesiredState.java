package io.latchkey.desired;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * What should stand on a node at an instant: per account, the lines in their order.
 *
 * @param nextBoundary the next instant at which it changes by itself, or null
 */
public record DesiredState(SortedMap<String, List<DesiredLine>> accounts, List<WithheldGrant> withheld,
		@Nullable Instant nextBoundary) {

	/** Nothing is desired. */
	public static final DesiredState NOTHING = new DesiredState(Collections.emptySortedMap(), List.of(), null);

	/** The lines of an account; none when nothing is desired there. */
	public List<DesiredLine> linesOf(String account) {
		return this.accounts.getOrDefault(account, List.of());
	}

	/**
	 * Whether a line should end and cannot say so, because the node's sshd knows no end.
	 */
	public boolean expiryDepends() {
		return this.accounts.values().stream().flatMap(List::stream).anyMatch(DesiredLine::expiryDepends);
	}

}
