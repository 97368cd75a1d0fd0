package io.latchkey.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptLimiterTests {

	private Instant now = Instant.parse("2026-01-02T03:04:05Z");

	private final AttemptLimiter limiter = new AttemptLimiter(2, Duration.ofMinutes(1), new Clock() {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Instant instant() {
			return AttemptLimiterTests.this.now;
		}

	});

	@Test
	void letsSoManyGoWrong() {
		assertThat(this.limiter.begin("a")).isEmpty();
		assertThat(this.limiter.begin("a")).isEmpty();
		assertThat(this.limiter.begin("a")).hasValue(Duration.ofMinutes(1));
	}

	@Test
	void saysHowLongToWait() {
		this.limiter.begin("a");
		this.limiter.begin("a");
		this.now = this.now.plusSeconds(20);
		assertThat(this.limiter.begin("a")).hasValue(Duration.ofSeconds(40));
		this.now = this.now.plusSeconds(40);
		assertThat(this.limiter.begin("a")).isEmpty();
	}

	@Test
	void countsEachKeyByItself() {
		this.limiter.begin("a");
		this.limiter.begin("a");
		assertThat(this.limiter.begin("b")).isEmpty();
	}

	/** What it keeps of them is short; StrangersSoakTests sees how much. */
	@Test
	void countsLongKeysThatEndDifferentlyApart() {
		String longest = "n".repeat(5_000);
		this.limiter.begin(longest + "1");
		this.limiter.begin(longest + "1");
		assertThat(this.limiter.begin(longest + "2")).isEmpty();
		assertThat(this.limiter.begin(longest + "1")).isPresent();
		this.limiter.giveBack(longest + "1");
		assertThat(this.limiter.begin(longest + "1")).isEmpty();
	}

	@Test
	void doesNotCountWhatWentWell() {
		IntStream.range(0, 100).forEach((i) -> {
			assertThat(this.limiter.begin("a")).isEmpty();
			this.limiter.giveBack("a");
		});
	}

	@Test
	void doesNotForgiveWhatWentWrongWhenAnotherGoesWell() {
		this.limiter.begin("a");
		this.limiter.begin("a");
		this.limiter.giveBack("a");
		assertThat(this.limiter.begin("a")).isEmpty();
		assertThat(this.limiter.begin("a")).isPresent();
	}

}
