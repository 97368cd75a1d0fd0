package io.latchkey;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;

/**
 * How long a test waits for a condition before it calls it a failure: what it names for a
 * quiet machine, times the system property {@code latchkey.test.patience} (1 unless set).
 * A test that passes never waits that long: who waits looks at once, and soon again.
 */
public final class Patience {

	private static final double FACTOR = Double.parseDouble(System.getProperty("latchkey.test.patience", "1"));

	private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

	static {
		Awaitility.setDefaultPollDelay(Duration.ZERO);
		Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(Patience::next, FIRST_PAUSE));
	}

	private Patience() {
	}

	private static Duration next(Duration pause) {
		Duration twice = pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

	public static Duration of(Duration onQuietMachine) {
		return Duration.ofMillis(Math.round(onQuietMachine.toMillis() * FACTOR));
	}

}
