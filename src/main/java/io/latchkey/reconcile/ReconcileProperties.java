package io.latchkey.reconcile;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When nodes are looked at.
 *
 * @param driftInterval how often a node is looked at without a change; up to a tenth
 * less, so that nodes spread
 * @param backOff the first wait after a failed run; doubles with each further one
 * @param longestBackOff the longest wait after a failed run
 * @param confirm which writes to the management account's file have to be proved by a
 * fresh login
 * @param confirmWithin how long the node waits for that proof before it puts the old file
 * back; from 1 s to 1 h
 * @param keepRuns how long past runs are kept
 * @param standIns how many workers there may be besides the scheduler's, for nodes that
 * keep theirs waiting
 */
@ConfigurationProperties("latchkey.reconcile")
public record ReconcileProperties(@DefaultValue("10m") Duration driftInterval, @DefaultValue("5s") Duration backOff,
		@DefaultValue("5m") Duration longestBackOff, @DefaultValue("needed") Confirm confirm,
		@DefaultValue("30s") Duration confirmWithin, @DefaultValue("90d") Duration keepRuns,
		@DefaultValue("96") int standIns) {

	private static final Duration LONGEST_CONFIRM = Duration.ofHours(1);

	public ReconcileProperties {
		if (confirmWithin.toSeconds() < 1 || confirmWithin.compareTo(LONGEST_CONFIRM) > 0) {
			throw new IllegalArgumentException(
					"latchkey.reconcile.confirm-within is %s; expected from 1s to 1h".formatted(confirmWithin));
		}
	}

	/** Which writes to the management account's file are proved by a fresh login. */
	public enum Confirm {

		/** Those that could shut Latchkey out. */
		NEEDED,
		/** Each one. */
		ALWAYS

	}

}
