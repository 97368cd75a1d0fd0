package io.latchkey.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.springframework.stereotype.Component;

/**
 * Says instants and durations in words. Without scripts they are in UTC; with them, the
 * browser puts its own zone in.
 */
@Component("moments")
public class Moments {

	private static final DateTimeFormatter EXACT = format("MMM d yyyy, HH:mm:ss 'UTC'");

	private static final DateTimeFormatter DAY = format("MMM d yyyy");

	private static final DateTimeFormatter FIELD = format("yyyy-MM-dd'T'HH:mm");

	private static final Duration LONGEST_RELATIVE = Duration.ofDays(60);

	private static final Duration SHORTEST_IN_SECONDS = Duration.ofMillis(100);

	private final Clock clock;

	private final Texts texts;

	Moments(Clock clock, Texts texts) {
		this.clock = clock;
		this.texts = texts;
	}

	/** As {@code Nov 22 2026, 15:52:00 UTC}. */
	public String exact(Instant at) {
		return EXACT.format(at);
	}

	/** As a field of the type {@code datetime-local} takes it, in UTC. */
	public static String field(Instant at) {
		return FIELD.format(at);
	}

	/** As {@code in 4 h 12 min} or {@code 12 min ago}; the day when it is far. */
	public String relative(Instant at) {
		Duration until = Duration.between(this.clock.instant(), at);
		if (until.abs().compareTo(LONGEST_RELATIVE) >= 0) {
			return DAY.format(at);
		}
		return until.isNegative() ? this.texts.of("page.time.ago", length(until.negated()))
				: this.texts.of("page.time.in", precise(until));
	}

	/** How long it is since then, as {@code 12 min}. */
	public String since(Instant at) {
		Duration length = Duration.between(at, this.clock.instant());
		return length(length.isNegative() ? Duration.ZERO : length);
	}

	/** How long a run took, as {@code 0.4 s}; what would be {@code 0.0 s}, in ms. */
	public String took(Duration duration) {
		if (duration.compareTo(SHORTEST_IN_SECONDS) < 0) {
			return millis(duration);
		}
		return this.texts.of("page.time.took", String.format(Locale.ENGLISH, "%.1f", duration.toMillis() / 1000.0));
	}

	/** As {@code 1,234 ms}; at least one where there was any. */
	public String millis(Duration duration) {
		long millis = duration.isZero() ? 0 : Math.max(1, duration.toMillis());
		return this.texts.of("page.time.millis", millis);
	}

	private String precise(Duration until) {
		boolean hours = until.toHours() >= 1 && until.toHours() < 48 && until.toMinutesPart() > 0;
		return hours ? length(until) + " " + until.toMinutesPart() + " " + unit("minute") : length(until);
	}

	/** As {@code 12 min}. */
	public String length(Duration length) {
		if (length.toMinutes() == 0) {
			return length.toSeconds() + " " + unit("second");
		}
		if (length.toHours() == 0) {
			return length.toMinutes() + " " + unit("minute");
		}
		return (length.toHours() < 48) ? length.toHours() + " " + unit("hour") : length.toDays() + " " + unit("day");
	}

	private String unit(String unit) {
		return this.texts.of("page.time." + unit);
	}

	private static DateTimeFormatter format(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
	}

}
