package io.latchkey.pages.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
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
		Faults faults = new Faults();
		Subject subject = faults.read(() -> this.parties.subject(input.word("subject")));
		Target target = faults.read(() -> this.parties.target(input.word("target")));
		Instant startsAt = faults.read(() -> input.instant("startsAt"));
		Instant expiresAt = faults.read(() -> end(input));
		Duration duration = faults.read(() -> duration(input));
		GrantOptions options = faults.read(() -> options(input));
		faults.check();
		return new GrantDraft(Objects.requireNonNull(subject), Objects.requireNonNull(target), input.word("account"),
				startsAt, duration, expiresAt, input.text("reason"), Objects.requireNonNull(options),
				input.isTicked("accountIsMadeLater"));
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
		Set<Permission> permit = Arrays.stream(Permission.values())
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

}
