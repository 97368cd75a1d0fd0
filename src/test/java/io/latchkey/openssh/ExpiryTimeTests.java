package io.latchkey.openssh;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTimeTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	@ParameterizedTest
	@CsvSource({ "20260601, 2026-05-31T22:00:00Z", "20260601Z, 2026-06-01T00:00:00Z",
			"202601011230, 2026-01-01T11:30:00Z", "20260101123059Z, 2026-01-01T12:30:59Z",
			"20260101123059utc, 2026-01-01T12:30:59Z" })
	void isOfTheNodesZoneUnlessItSaysUtc(String value, Instant expected) {
		assertThat(ExpiryTime.parse(value, BERLIN)).contains(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "tomorrow", "20260230", "2026010112", "202601012460", "20260101 1200" })
	void isNothingWhenSshdCannotReadIt(String value) {
		assertThat(ExpiryTime.parse(value, BERLIN)).isEmpty();
	}

}
