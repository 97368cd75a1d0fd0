package io.latchkey.pages;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long, as a person types it: {@code 30m}, {@code 2h}, {@code 3d}, {@code 1w},
 * {@code 1h 30m}, or as ISO 8601 has it, {@code PT30M}. Grammar of the first form:
 * {@code (number unit)+}, blanks between them or not.
 */
final class Length {

	private static final Pattern PART = Pattern.compile("\\s*(\\d{1,7})\\s*(min|[mhdw])\\s*");

	private static final Map<String, Duration> UNITS = Map.of("min", Duration.ofMinutes(1), "m", Duration.ofMinutes(1),
			"h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));

	/** As long as a duration of the API may be. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private Length() {
	}

	/** Nothing when it is no length, none at all, or more than 100 years. */
	static Optional<Duration> parse(String text) {
		Optional<Duration> length = text.startsWith("P") ? iso(text) : typed(text.toLowerCase(Locale.ROOT));
		return length.filter((each) -> each.compareTo(Duration.ZERO) > 0 && each.compareTo(LONGEST) <= 0);
	}

	private static Optional<Duration> typed(String text) {
		Matcher part = PART.matcher(text);
		Duration length = Duration.ZERO;
		int end = 0;
		while (end < text.length() && part.find(end) && part.start() == end) {
			length = length
				.plus(UNITS.getOrDefault(part.group(2), Duration.ZERO).multipliedBy(Long.parseLong(part.group(1))));
			end = part.end();
		}
		return (end == text.length()) ? Optional.of(length) : Optional.empty();
	}

	private static Optional<Duration> iso(String text) {
		try {
			return Optional.of(Duration.parse(text));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
