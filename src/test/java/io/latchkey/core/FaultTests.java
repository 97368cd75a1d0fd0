package io.latchkey.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTests {

	/** Lists that are imported were written by others. */
	@Test
	void tellsWhatCameInAsItIsShown() {
		assertThat(Fault.of("text", "import.cluster", "pr\u202Eod", "a\u0085b", 7, "größer").arguments())
			.containsExactly("pr\uFFFDod", "a\uFFFDb", 7, "größer");
	}

}
