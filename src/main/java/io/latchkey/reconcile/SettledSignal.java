package io.latchkey.reconcile;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.springframework.stereotype.Component;

/**
 * Wakes those who wait for runs to end. Runs of other instances are noticed within half a
 * second.
 */
@Component
class SettledSignal {

	private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private long runs;

	void runEnded() {
		this.lock.lock();
		try {
			this.runs++;
			this.ended.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until it is settled or the time is up; the lock is not held while looking.
	 */
	void await(BooleanSupplier isSettled, Duration atMost) {
		long deadline = System.nanoTime() + atMost.toNanos();
		long seen = runs();
		while (!isSettled.getAsBoolean() && System.nanoTime() < deadline) {
			seen = awaitRunAfter(seen, deadline);
		}
	}

	private long runs() {
		this.lock.lock();
		try {
			return this.runs;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long awaitRunAfter(long seen, long deadline) {
		this.lock.lock();
		try {
			long nanos = Math.min(LOOK_AGAIN_NANOS, deadline - System.nanoTime());
			while (this.runs == seen && nanos > 0) {
				nanos = this.ended.awaitNanos(nanos);
			}
			return this.runs;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for nodes", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
