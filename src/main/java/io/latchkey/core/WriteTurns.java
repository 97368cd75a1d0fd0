package io.latchkey.core;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * One thread at a time has the turn to write: those for whom somebody waits before runs
 * over nodes, of which one goes ahead after every few of them, and otherwise in the order
 * in which they asked.
 * <p>
 * Who has the turn waits for nobody who waits for it: not for the turn, which it has
 * already, nor for a row, which only another that writes could have locked, nor for a
 * node, as no transaction is open then. It may need a second connection while each of the
 * pool's is held by one that waits here; the pool's time-out ({@code connection-timeout},
 * 10 s) is shorter than the patience here, so that it gives up and ends its turn before
 * they do.
 */
final class WriteTurns {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	/** A run that gives up breaks off. */
	private static final int MORE_PATIENCE_OF_RUNS = 8;

	/** So many may go ahead of a run that waits. */
	private static final int MOST_AHEAD = 4;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Waiting> callers = new ArrayDeque<>();

	private final Deque<Waiting> runs = new ArrayDeque<>();

	private final Duration patience;

	private int ahead;

	private @Nullable Thread holder;

	/** How many connections of the holder's write, one transaction within another. */
	private int holds;

	WriteTurns() {
		this(PATIENCE);
	}

	WriteTurns(Duration patience) {
		this.patience = patience;
	}

	/**
	 * To be followed by one {@link #giveBack()}.
	 * @throws SQLTransientConnectionException when the turn does not come in time
	 */
	void take() throws SQLException {
		boolean isRun = ConnectionShare.ofCurrentThread() == ConnectionShare.RUNS;
		this.lock.lock();
		try {
			if (this.holder == Thread.currentThread()) {
				this.holds++;
			}
			else if (this.holder == null) {
				begin(Thread.currentThread());
			}
			else {
				await(isRun ? this.runs : this.callers,
						isRun ? this.patience.multipliedBy(MORE_PATIENCE_OF_RUNS) : this.patience);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** From any thread: a connection can be closed by another than the one that wrote. */
	void giveBack() {
		this.lock.lock();
		try {
			this.holds--;
			if (this.holds == 0) {
				this.holder = null;
				passOn();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(Deque<Waiting> queue, Duration atMost) throws SQLException {
		Waiting waiting = new Waiting(Thread.currentThread(), this.lock.newCondition());
		queue.add(waiting);
		long nanos = atMost.toNanos();
		try {
			while (this.holder != waiting.thread() && nanos > 0) {
				nanos = waiting.comes().awaitNanos(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (this.holder != waiting.thread()) {
				queue.remove(waiting);
				throw new SQLTransientConnectionException("Interrupted while waiting for the turn to write", ex);
			}
		}
		if (this.holder != waiting.thread()) {
			queue.remove(waiting);
			throw new SQLTransientConnectionException(
					"Waited %d s for the turn to write to the database".formatted(atMost.toSeconds()));
		}
	}

	private void passOn() {
		boolean toRun = !this.runs.isEmpty() && (this.callers.isEmpty() || this.ahead >= MOST_AHEAD);
		Waiting next = (toRun ? this.runs : this.callers).poll();
		this.ahead = (toRun || this.runs.isEmpty()) ? 0 : this.ahead + 1;
		if (next != null) {
			begin(next.thread());
			next.comes().signal();
		}
	}

	private void begin(Thread thread) {
		this.holder = thread;
		this.holds = 1;
	}

	/** A thread, and what tells it that its turn has come. */
	private record Waiting(Thread thread, Condition comes) {

	}

}
