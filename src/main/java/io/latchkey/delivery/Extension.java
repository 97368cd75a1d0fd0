package io.latchkey.delivery;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.grants.Grant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the ends of grants that are extended together.
 *
 * @param to the end that they shall have, or null while it is not known
 * @param changes those that are open, by id
 * @param ended those that have ended, by id: they stay as they are
 */
public record Extension(@Nullable NewEnd to, List<Change> changes, List<Grant> ended) {

	/**
	 * One grant's.
	 *
	 * @param end the new one, or null while it is not known
	 */
	public record Change(Grant grant, @Nullable Instant end) {

		/** Whether it would end before it does now. */
		public boolean isEarlier() {
			Instant now = this.grant.expiresAt();
			return this.end != null && (now == null || this.end.isBefore(now));
		}

	}

	/** Stands for all of it, with the grants as they are now. */
	public String confirmation() {
		return this.changes.stream()
			.map((change) -> change.grant().id().value() + ":" + change.grant().version())
			.collect(Collectors.joining(" ", ((this.to != null) ? this.to.canonical() : "") + " ", ""));
	}

}
