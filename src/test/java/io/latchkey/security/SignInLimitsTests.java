package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignInLimitsTests {

	private Instant now = Instant.parse("2026-01-02T03:04:05Z");

	private final SignInLimits limits = new SignInLimits(new Clock() {

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
			return SignInLimitsTests.this.now;
		}

	});

	@Test
	void countsAnAccountTogetherWithTheAddress() {
		fail(SignInLimits.TRIES, "10.0.0.1");
		assertThat(begin("ADMIN", "10.0.0.1", null)).hasValue(SignInLimits.STRETCH);
		assertThat(begin("other", "10.0.0.1", null)).isEmpty();
		assertThat(begin("admin", "10.0.0.2", null)).isEmpty();
		this.now = this.now.plus(SignInLimits.STRETCH);
		assertThat(begin("admin", "10.0.0.1", null)).isEmpty();
	}

	@Test
	void countsAnAddressWhateverTheAccount() {
		for (int i = 0; i < SignInLimits.OF_AN_ADDRESS; i++) {
			assertThat(begin("user" + i, "10.0.0.1", null)).isEmpty();
		}
		assertThat(begin("admin", "10.0.0.1", null)).hasValue(SignInLimits.STRETCH);
		assertThat(begin("admin", "10.0.0.2", null)).isEmpty();
	}

	@Test
	void leavesOneTryToAnAddressThatHasNotFailedWhateverOthersDo() {
		failFromMany();
		assertThat(begin("admin", "10.0.9.9", null)).isEmpty();
		assertThat(begin("admin", "10.0.9.9", null)).hasValue(SignInLimits.LONG_STRETCH);
		assertThat(begin("admin", "10.0.0.1", null)).hasValue(SignInLimits.LONG_STRETCH);
		assertThat(begin("other", "10.0.0.1", null)).isEmpty();
		this.now = this.now.plus(SignInLimits.LONG_STRETCH);
		assertThat(begin("admin", "10.0.0.1", null)).isEmpty();
	}

	@Test
	void countsAKnownBrowserByItselfAlone() {
		failFromMany();
		fail(SignInLimits.TRIES, "10.0.9.9");
		assertThat(begin("admin", "10.0.9.9", null)).isPresent();
		for (int i = 0; i < SignInLimits.TRIES; i++) {
			assertThat(begin("admin", "10.0.9.9", "b1")).isEmpty();
		}
		assertThat(begin("admin", "10.0.9.9", "b1")).hasValue(SignInLimits.STRETCH);
		assertThat(begin("admin", "10.0.9.9", "b2")).isEmpty();
	}

	@Test
	void doesNotCountWhatWentWell() {
		failFromMany();
		for (int i = 0; i < 3 * SignInLimits.OF_AN_ADDRESS; i++) {
			assertThat(begin("admin", "10.0.9.9", null)).isEmpty();
			this.limits.giveBack("admin", "10.0.9.9", null);
			assertThat(begin("admin", "10.0.0.1", "b1")).isEmpty();
			this.limits.giveBack("admin", "10.0.0.1", "b1");
		}
	}

	private void failFromMany() {
		for (int i = 0; i < SignInLimits.OF_AN_ACCOUNT; i++) {
			assertThat(begin("admin", "10.0.0." + i % 50, null)).isEmpty();
		}
	}

	private void fail(int times, String address) {
		for (int i = 0; i < times; i++) {
			begin("admin", address, null);
		}
	}

	private Optional<Duration> begin(String username, String address, @Nullable String browser) {
		return this.limits.begin(username, address, browser);
	}

}
