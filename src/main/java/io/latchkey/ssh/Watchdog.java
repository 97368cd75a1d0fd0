package io.latchkey.ssh;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one conversation after the other: that of the phase it is in, and that
 * of all of it. Bites once, when the first of them passes.
 */
final class Watchdog implements AutoCloseable {

	private final ScheduledExecutorService timer;

	private long end;

	private final Duration whole;

	private final Runnable bite;

	private @Nullable Future<?> next;

	private volatile @Nullable Expiry expiry;

	Watchdog(ScheduledExecutorService timer, Duration whole, Runnable bite) {
		this.timer = timer;
		this.whole = whole;
		this.end = System.nanoTime() + whole.toNanos();
		this.bite = bite;
	}

	/** Another conversation begins, with all its time. */
	synchronized void begin() {
		this.end = System.nanoTime() + this.whole.toNanos();
	}

	/** From now on, this phase has to end within that time. */
	synchronized void expect(Phase phase, Duration within) {
		rest();
		long left = this.end - System.nanoTime();
		if (within.toNanos() < left) {
			watch(new Expiry(phase, within), within.toNanos());
		}
		else {
			watch(new Expiry(Phase.CONVERSATION, this.whole), left);
		}
	}

	/**
	 * The phase that began earlier has to end by then.
	 * @param deadline in {@link System#nanoTime()}
	 * @param within how long that was when it began
	 */
	synchronized void expectBy(long deadline, Phase phase, Duration within) {
		rest();
		watch(new Expiry(phase, within), Math.min(deadline, this.end) - System.nanoTime());
	}

	/** Lets no deadline run until the next one is set. */
	synchronized void rest() {
		if (this.next != null) {
			this.next.cancel(false);
			this.next = null;
		}
	}

	/** The deadline that passed; null when none did. */
	@Nullable Expiry expiry() {
		return this.expiry;
	}

	@Override
	public void close() {
		rest();
	}

	private void watch(Expiry upcoming, long nanos) {
		this.next = this.timer.schedule(() -> {
			this.expiry = upcoming;
			this.bite.run();
		}, Math.max(nanos, 0), TimeUnit.NANOSECONDS);
	}

	/**
	 * A deadline that passed.
	 */
	record Expiry(Phase phase, Duration within) {

	}

}
