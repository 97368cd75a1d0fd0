package io.latchkey.conversation;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a write on trial is confirmed.
 *
 * @param confirmWithin how long the node waits for the proof before it puts the old file
 * back; from 1 s to 1 h
 */
@ConfigurationProperties("latchkey.reconcile")
record ConfirmProperties(@DefaultValue("30s") Duration confirmWithin) {

	private static final Duration LONGEST = Duration.ofHours(1);

	ConfirmProperties {
		if (confirmWithin.toSeconds() < 1 || confirmWithin.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"latchkey.reconcile.confirm-within is %s; expected from 1s to 1h".formatted(confirmWithin));
		}
	}

}
