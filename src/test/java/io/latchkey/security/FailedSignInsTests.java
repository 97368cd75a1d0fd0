package io.latchkey.security;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

class FailedSignInsTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private final List<Object> recorded = new ArrayList<>();

	private boolean away;

	private final FailedSignIns failures = new FailedSignIns((event) -> {
		if (this.away) {
			throw new IllegalStateException("The database is away");
		}
		this.recorded.add(event);
	}, TransactionOperations.withoutTransaction(), Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void recordsTheNameAsItWasTriedAndTheAddress() {
		this.failures.failed("nobody", "192.0.2.1");
		assertThat(this.recorded).containsExactly(new SignInFailed("nobody", "192.0.2.1"));
	}

	@Test
	void recordsNoLongNameAndNoControlCharacter() {
		this.failures.failed("a\u001b[2J\r\nb\u202ec\u0000\ud800" + "n".repeat(8_000), "192.0.2.1");
		assertThat(this.recorded).singleElement().satisfies((event) -> {
			String name = ((SignInFailed) event).username();
			assertThat(name).hasSize(64).startsWith("a [2J b c n").matches("[\\x20-\\x7e]+");
		});
		this.failures.failed("😀".repeat(80), "192.0.2.1");
		assertThat(((SignInFailed) this.recorded.get(1)).username()).isEqualTo("😀".repeat(64));
	}

	@Test
	void countsThoseOfAnAddressThatGoesOn() {
		for (int i = 0; i < 1_000; i++) {
			this.failures.failed("admin", "192.0.2.1");
		}
		assertThat(this.recorded).hasSize(FailedSignIns.OF_AN_ADDRESS);
		this.failures.failed("admin", "192.0.2.2");
		assertThat(this.recorded).hasSize(FailedSignIns.OF_AN_ADDRESS + 1);
		this.failures.recordCounted();
		assertThat(this.recorded).last()
			.isEqualTo(new SignInsFailed(1_000 - FailedSignIns.OF_AN_ADDRESS, NOW,
					new SignInFailed("admin", "192.0.2.1")));
	}

	@Test
	void countsThoseOfManyAddresses() {
		for (int i = 0; i < 1_000; i++) {
			this.failures.failed("admin", "192.0.2." + i);
		}
		this.failures.recordCounted();
		assertThat(this.recorded).hasSize(FailedSignIns.OF_ALL + 1);
	}

	@Test
	void countsThoseThatHadToWait() {
		this.failures.refused("admin", "192.0.2.1");
		this.failures.refused("root", "192.0.2.1");
		assertThat(this.recorded).isEmpty();
		this.failures.recordCounted();
		this.failures.recordCounted();
		assertThat(this.recorded).containsExactly(new SignInsFailed(2, NOW, new SignInFailed("root", "192.0.2.1")));
	}

	@Test
	void keepsTheCountUntilItIsOnRecord() {
		this.failures.refused("admin", "192.0.2.1");
		this.away = true;
		this.failures.recordCounted();
		this.failures.refused("admin", "192.0.2.1");
		this.away = false;
		this.failures.start();
		this.failures.stop();
		assertThat(this.recorded).containsExactly(new SignInsFailed(2, NOW, new SignInFailed("admin", "192.0.2.1")));
	}

}
