package io.latchkey.core;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClockConfigurationTests {

	private final Clock clock = new ClockConfiguration().clock();

	/** What is stored is then what is read back. */
	@Test
	void noMomentIsFinerThanTheDatabasesKeep() {
		for (int i = 0; i < 1000; i++) {
			Instant moment = this.clock.instant();
			assertThat(moment).isEqualTo(moment.truncatedTo(ChronoUnit.MICROS));
		}
	}

}
