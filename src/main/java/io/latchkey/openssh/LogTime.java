package io.latchkey.openssh;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The time at the head of a line of syslog: with date and zone (RFC 3339, or
 * {@code journalctl -o short-iso}), or as RFC 3164 has it, in the node's zone and without
 * the year.
 */
public sealed interface LogTime {

	/**
	 * The instant that is meant, when it is known to be near another.
	 * @param zone the node's
	 */
	Instant near(Instant other, ZoneOffset zone);

	/** Nothing when it has neither form. */
	static Optional<LogTime> parse(String text) {
		try {
			return Optional.of(text.matches("\\d.*") ? Dated.of(text) : Yearless.of(text));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	/**
	 * As {@code 2026-11-22T18:47:18.123456+01:00}.
	 */
	record Dated(Instant instant) implements LogTime {

		private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
			.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
			.appendPattern("[XXX][XX]")
			.toFormatter(Locale.ROOT);

		static Dated of(String text) {
			return new Dated(OffsetDateTime.parse(text, FORMAT).toInstant());
		}

		@Override
		public Instant near(Instant other, ZoneOffset zone) {
			return this.instant;
		}

	}

	/**
	 * As {@code Nov 22 18:47:18}.
	 */
	record Yearless(MonthDay day, LocalTime time) implements LogTime {

		private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

		static Yearless of(String text) {
			int blank = text.lastIndexOf(' ');
			if (blank < 0) {
				throw new DateTimeException("No time");
			}
			return new Yearless(MonthDay.parse(text.substring(0, blank).replaceAll(" +", " "), DAY),
					LocalTime.parse(text.substring(blank + 1)));
		}

		@Override
		public Instant near(Instant other, ZoneOffset zone) {
			int year = other.atOffset(zone).getYear();
			return IntStream.rangeClosed(year - 1, year + 1)
				.mapToObj((each) -> this.day.atYear(each).atTime(this.time).toInstant(zone))
				.min(Comparator.comparing((Instant each) -> Duration.between(each, other).abs()))
				.orElseThrow();
		}

	}

}
