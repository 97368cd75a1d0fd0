package io.latchkey.pages;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What was sent with a form.
 */
public final class Input {

	private static final String ZONE = "zone";

	private final Map<String, String[]> parameters;

	Input(Map<String, String[]> parameters) {
		this.parameters = parameters;
	}

	/** The text without blanks around it; null when nothing is left. */
	public @Nullable String text(String field) {
		String text = raw(field);
		return text.isBlank() ? null : text.strip();
	}

	/** The text without blanks around it; empty when nothing is left. */
	public String word(String field) {
		return raw(field).strip();
	}

	/**
	 * The text as it was typed, the last where there are more; empty when there is none.
	 */
	public String raw(String field) {
		String[] values = this.parameters.get(field);
		return (values == null || values.length == 0) ? "" : values[values.length - 1];
	}

	/** The words in all the field's values, parted by blanks, line ends or commas. */
	public List<String> words(String field) {
		return Arrays.stream(this.parameters.getOrDefault(field, new String[0]))
			.flatMap((value) -> Arrays.stream(value.split("[\\s,]+")))
			.filter((word) -> !word.isBlank())
			.distinct()
			.toList();
	}

	public boolean isTicked(String field) {
		return this.parameters.containsKey(field);
	}

	/**
	 * @throws InvalidInputException when it is none of the constants
	 */
	public <E extends Enum<E>> E choice(String field, Class<E> type) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(word(field)))
			.findFirst()
			.orElseThrow(() -> new InvalidInputException(Fault.of(field, "choice.unknown")));
	}

	/**
	 * The whole number; −1, which no field takes, when it is not one.
	 */
	public int number(String field) {
		String text = word(field);
		return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
	}

	/**
	 * A local time in the viewer's zone, such as {@code 2026-11-30 18:00} or
	 * {@code 2026-11-30T18:00}. The field {@code zone} names the zone; UTC where there is
	 * none.
	 * @throws InvalidInputException when it is not a time, or the zone is not known
	 */
	public @Nullable Instant instant(String field) {
		String text = text(field);
		if (text == null) {
			return null;
		}
		try {
			return LocalDateTime.parse(text.replaceFirst(" +", "T")).atZone(zone(field)).toInstant();
		}
		catch (DateTimeException ex) {
			throw new InvalidInputException(Fault.of(field, "time.malformed"));
		}
	}

	/**
	 * How long, such as {@code 30m} or {@code 1h 30m}.
	 * @throws InvalidInputException when it is no length
	 */
	public Duration length(String field) {
		return Length.parse(word(field))
			.orElseThrow(() -> new InvalidInputException(Fault.of(field, "length.malformed")));
	}

	/** Another zone in place of an unknown one would be hours off, and say nothing. */
	private ZoneId zone(String field) {
		String name = word(ZONE);
		try {
			return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
		}
		catch (DateTimeException ex) {
			throw new InvalidInputException(Fault.of(field, "time.zone", name));
		}
	}

}
