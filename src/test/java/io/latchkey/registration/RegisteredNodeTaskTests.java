package io.latchkey.registration;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RegisteredNodeTaskTests {

	@Test
	void triesLessAndLessOftenForADay() {
		assertThat(RegisteredNodeTask.delayAfter(Duration.ZERO)).hasValue(Duration.ofSeconds(2));
		assertThat(RegisteredNodeTask.delayAfter(Duration.ofMinutes(2))).hasValue(Duration.ofMinutes(1));
		assertThat(RegisteredNodeTask.delayAfter(Duration.ofHours(23))).hasValue(Duration.ofMinutes(10));
		assertThat(RegisteredNodeTask.delayAfter(Duration.ofHours(24))).isEmpty();
	}

}
