package io.latchkey.core;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One thread at a time has the turn to write, in the order in which they asked.
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

	private final Semaphore turn = new Semaphore(1, true);

	private final Duration patience;

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
		if (joined()) {
			return;
		}
		try {
			if (!this.turn.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new SQLTransientConnectionException(
						"Waited %d s for the turn to write to the database".formatted(this.patience.toSeconds()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLTransientConnectionException("Interrupted while waiting for the turn to write", ex);
		}
		begin();
	}

	/** From any thread: a connection can be closed by another than the one that wrote. */
	synchronized void giveBack() {
		this.holds--;
		if (this.holds == 0) {
			this.holder = null;
			this.turn.release();
		}
	}

	private synchronized boolean joined() {
		if (this.holder != Thread.currentThread()) {
			return false;
		}
		this.holds++;
		return true;
	}

	private synchronized void begin() {
		this.holder = Thread.currentThread();
		this.holds = 1;
	}

}
