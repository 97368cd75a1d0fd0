package io.latchkey.conversation.files;

import io.latchkey.conversation.protocol.GrammarViolation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SeenTests {

	private static final String FILE = "seen -rw------- 0 0 120 64768 131 1795953600 2026-11-29 12:00:00.123456789 +0000 /root/.ssh/%s";

	private final Seen.Collector collector = new Seen.Collector();

	@Test
	void tellsWhatIsToBeLookedAtAgain() {
		assertThat(this.collector.take("home root 0 0 /root")).isTrue();
		assertThat(this.collector.take(FILE.formatted("authorized_keys"))).isTrue();
		assertThat(this.collector.take("observed")).isFalse();
		assertThat(this.collector.seen()).hasValueSatisfying(
				(seen) -> assertThat(seen.request()).isEqualTo("~root /root\n/root/.ssh/authorized_keys\nlook\n"));
	}

	/** A node may tell of paths that nobody asked for. */
	@Test
	void keepsNothingOfWhatIsTooLong() {
		this.collector.take("home root 0 0 /root");
		for (int file = 0; file < 1000; file++) {
			assertThat(this.collector.take(FILE.formatted("x".repeat(4000) + file))).isTrue();
		}
		assertThat(this.collector.seen()).isEmpty();
	}

	@Test
	void keepsNothingWhereALineIsNotUnderstood() {
		this.collector.take("home root 0 0 /root");
		this.collector.take(FILE.formatted("authorized_keys"));
		this.collector.take("seen nothing");
		assertThat(this.collector.seen()).isEmpty();
	}

	@Test
	void hearsNoMoreThanThereCanBe() {
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> {
			for (int line = 0; line <= 100_000; line++) {
				this.collector.take("home root 0 0 /root");
			}
		}).withMessageContaining("no end");
	}

}
