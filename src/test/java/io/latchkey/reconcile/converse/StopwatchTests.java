package io.latchkey.reconcile.converse;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.latchkey.nodestate.RunTimes;
import io.latchkey.reconcile.converse.Stopwatch.Part;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopwatchTests {

	private static final Duration LONG = Duration.ofMillis(60);

	private final Stopwatch stopwatch = new Stopwatch(Duration.ZERO, () -> {
	});

	@Test
	void countsAPartInsideAnotherOnce() {
		long begun = System.nanoTime();
		this.stopwatch.during(Part.APPLY, () -> this.stopwatch.during(Part.CONFIRM, StopwatchTests::pass));
		Duration all = Duration.ofNanos(System.nanoTime() - begun);

		RunTimes times = this.stopwatch.times();
		Duration apply = Objects.requireNonNull(times.apply());
		Duration confirm = Objects.requireNonNull(times.confirm());
		assertThat(confirm).isGreaterThanOrEqualTo(LONG);
		assertThat(apply).isBetween(Duration.ZERO, all.minus(confirm));
	}

	@Test
	void addsUpPartsOfTheSameName() {
		this.stopwatch.during(Part.APPLY, StopwatchTests::pass);
		this.stopwatch.during(Part.APPLY, StopwatchTests::pass);

		assertThat(this.stopwatch.times().apply()).isGreaterThanOrEqualTo(LONG.multipliedBy(2));
		assertThat(this.stopwatch.times().confirm()).isNull();
	}

	private static void pass() {
		long until = System.nanoTime() + LONG.toNanos();
		while (System.nanoTime() < until) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

}
