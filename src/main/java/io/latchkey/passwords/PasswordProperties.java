package io.latchkey.passwords;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How passwords are switched off.
 *
 * @param confirmWithin how long a node waits for the fresh login that proves a change,
 * before it undoes it
 * @param lookEvery how long a run leaves a node alone on which something was decided,
 * before it looks whether it still holds
 */
@ConfigurationProperties("latchkey.passwords")
record PasswordProperties(@DefaultValue("60s") Duration confirmWithin, @DefaultValue("15m") Duration lookEvery) {

	private static final Duration LONGEST = Duration.ofHours(1);

	PasswordProperties {
		if (confirmWithin.toSeconds() < 1 || confirmWithin.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"latchkey.passwords.confirm-within is %s; expected from 1s to 1h".formatted(confirmWithin));
		}
	}

}
