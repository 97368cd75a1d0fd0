package io.latchkey.logins;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often somebody came in on each day (UTC), without Latchkey itself.
 *
 * @param days each of them, the first first
 * @param series those that came most, the most first; the last may be all others
 */
public record LoginChart(List<LocalDate> days, List<Series> series) {

	/** By what logins are parted. */
	public enum By {

		NODE, IDENTITY

	}

	/** The most of one day. */
	public long highest() {
		return this.days.isEmpty() ? 0 : IntStream.range(0, this.days.size()).mapToLong(this::on).max().orElse(0);
	}

	/** All of one day. */
	public long on(int day) {
		return this.series.stream().mapToLong((each) -> each.counts().get(day)).sum();
	}

	/**
	 * Those of one node or identity.
	 *
	 * @param name empty for all that have none
	 * @param others whether these are all others together
	 * @param counts for each day
	 */
	public record Series(String name, boolean others, List<Long> counts) {

		public long total() {
			return this.counts.stream().mapToLong(Long::longValue).sum();
		}

	}

}
