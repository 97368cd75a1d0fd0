package io.latchkey.pages.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.pages.Input;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the form of a new grant.
 */
@Component
class GrantForm {

	/** The lengths that have a button. */
	static final List<String> LENGTHS = List.of("PT15M", "PT30M", "PT1H", "PT4H", "P1D", "P7D");

	private static final String UNTIL = "until";

	private static final String LENGTH = "length";

	private static final String DATE = "date";

	private static final String NO_END = "none";

	private final Parties parties;

	GrantForm(Parties parties) {
		this.parties = parties;
	}

	/**
	 * @throws InvalidInputException with all that cannot be read
	 */
	GrantDraft draft(Input input) {
		List<Fault> faults = new ArrayList<>();
		Subject subject = read(() -> this.parties.subject(input.word("subject")), faults);
		Target target = read(() -> this.parties.target(input.word("target")), faults);
		Instant startsAt = read(() -> input.instant("startsAt"), faults);
		Instant expiresAt = read(() -> end(input), faults);
		Duration duration = read(() -> duration(input), faults);
		GrantOptions options = read(() -> options(input), faults);
		if (subject == null || target == null || options == null || !faults.isEmpty()) {
			throw new InvalidInputException(faults);
		}
		return new GrantDraft(subject, target, input.word("account"), startsAt, duration, expiresAt,
				input.text("reason"), options, input.isTicked("accountIsMadeLater"));
	}

	private static @Nullable Instant end(Input input) {
		if (!input.word(UNTIL).equals(DATE)) {
			return null;
		}
		Instant end = input.instant("expiresAt");
		if (end == null) {
			throw new InvalidInputException(Fault.of("expiresAt", "time.missing"));
		}
		return end;
	}

	private static @Nullable Duration duration(Input input) {
		String until = input.word(UNTIL);
		if (until.equals(DATE) || until.equals(NO_END)) {
			return null;
		}
		if (until.equals(LENGTH)) {
			return input.length(LENGTH);
		}
		if (!LENGTHS.contains(until)) {
			throw new InvalidInputException(Fault.of(UNTIL, "choice.unknown"));
		}
		return Duration.parse(until);
	}

	private static GrantOptions options(Input input) {
		Set<Permission> permit = java.util.Arrays.stream(Permission.values())
			.filter((permission) -> input.isTicked("permit." + permission.option()))
			.collect(Collectors.toSet());
		return new GrantOptions(input.words("options.from"), input.text("options.command"),
				input.isTicked("options.restrict"), permit, environment(input), input.isTicked("options.verify"));
	}

	private static Map<String, String> environment(Input input) {
		Map<String, String> environment = new LinkedHashMap<>();
		input.raw("options.environment")
			.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.forEach((line) -> {
				int equals = line.indexOf('=');
				if (equals < 1) {
					throw new InvalidInputException(
							Fault.of("options.environment", "grant.environment.malformed", line));
				}
				environment.put(line.substring(0, equals), line.substring(equals + 1));
			});
		return environment;
	}

	private static <T> @Nullable T read(Supplier<? extends @Nullable T> reader, List<Fault> faults) {
		try {
			return reader.get();
		}
		catch (InvalidInputException ex) {
			faults.addAll(ex.faults());
			return null;
		}
	}

}
