package io.latchkey;

import java.time.Duration;

/**
 * How long a test waits for a condition before it calls it a failure: what it names for a
 * quiet machine, times the system property {@code latchkey.test.patience} (1 unless set).
 * A test that passes never waits that long.
 */
public final class Patience {

	private static final double FACTOR = Double.parseDouble(System.getProperty("latchkey.test.patience", "1"));

	private Patience() {
	}

	public static Duration of(Duration onQuietMachine) {
		return Duration.ofMillis(Math.round(onQuietMachine.toMillis() * FACTOR));
	}

}
