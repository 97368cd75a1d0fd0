package io.latchkey.pages;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LengthTests {

	@ParameterizedTest
	@CsvSource({ "30m, PT30M", "15 min, PT15M", "2h, PT2H", "3D, P3D", "1w, P7D", "1h30m, PT1H30M", "1d 2h, P1DT2H",
			"PT45M, PT45M", "P7D, P7D" })
	void readsWhatAPersonTypes(String text, Duration length) {
		assertThat(Length.parse(text)).contains(length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "30", "m", "30s", "0m", "-1h", "2h x", "x 2h", "1.5h", "two hours", "PT", "PT-1H",
			"99999d", "99999999999m" })
	void refusesWhatIsNoLength(String text) {
		assertThat(Length.parse(text)).isEmpty();
	}

}
