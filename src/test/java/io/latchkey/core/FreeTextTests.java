package io.latchkey.core;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FreeTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "Alice Doe", "\u00c5sa \u00d6", "\u5c71\u7530", "\ud83d\ude80" })
	void takesWhatPeopleAreCalled(String text) {
		assertThat(faultsOf(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\u0000", "a\u001b[31m", "a\u2028b", "a\u202eb", "a\ud800" })
	void refusesControlCharacters(String text) {
		assertThat(faultsOf(text)).containsExactly(Fault.of("displayName", "text.control"));
	}

	@Test
	void countsCharactersAndNotTheirHalves() {
		assertThat(faultsOf("\ud83d\ude80".repeat(200))).isEmpty();
		assertThat(faultsOf("\ud83d\ude80".repeat(201))).isNotEmpty();
	}

	@Test
	void blankIsNothing() {
		assertThat(FreeText.trim(" \t")).isNull();
		assertThat(FreeText.trim(" a ")).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", " a\r\n b ", "a\u0000b", "a \u2029 b" })
	void makesOneLine(String text) {
		assertThat(FreeText.oneLine(text)).isEqualTo("a b");
	}

	@Test
	void cutsBetweenCharacters() {
		assertThat(FreeText.oneLine("\ud83d\ude80".repeat(300))).isEqualTo("\ud83d\ude80".repeat(200));
	}

	private static List<Fault> faultsOf(String text) {
		Faults faults = new Faults();
		faults.text("displayName", text);
		try {
			faults.check();
			return List.of();
		}
		catch (InvalidInputException ex) {
			return ex.faults();
		}
	}

}
