package io.latchkey.api.body;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How instants and durations are written: RFC 3339, and ISO 8601 without months and
 * years, whose length varies.
 */
public final class TextForm {

	/** The longest duration that is taken; beyond it, sums of instants overflow. */
	private static final Duration LONGEST = Duration.ofDays(36500);

	private static final int FIRST_YEAR = 1970;

	/** With the longest duration added, a year still has four digits. */
	private static final int LAST_YEAR = 9000;

	private static final Pattern RFC_3339 = Pattern
		.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

	private static final Pattern WEEKS = Pattern.compile("P(\\d{1,4})W");

	private TextForm() {
	}

	/**
	 * @throws IllegalArgumentException when the text is not an instant
	 */
	public static Instant instant(String text) {
		if (!RFC_3339.matcher(text).matches()) {
			throw new IllegalArgumentException("Not an instant of RFC 3339");
		}
		try {
			OffsetDateTime instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
			if (instant.getYear() < FIRST_YEAR || instant.getYear() > LAST_YEAR) {
				throw new IllegalArgumentException("Out of the years that are taken");
			}
			return instant.toInstant();
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("Not an instant of RFC 3339", ex);
		}
	}

	/**
	 * @throws IllegalArgumentException when the text is not a duration, or one beyond 100
	 * years
	 */
	public static Duration duration(String text) {
		Duration duration = parseDuration(text);
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("A duration beyond 100 years");
		}
		return duration;
	}

	private static Duration parseDuration(String text) {
		Matcher weeks = WEEKS.matcher(text);
		if (weeks.matches()) {
			return Duration.ofDays(7 * Long.parseLong(weeks.group(1)));
		}
		try {
			return Duration.parse(text);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("Not a duration of ISO 8601", ex);
		}
	}

}
