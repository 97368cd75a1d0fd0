package io.latchkey.transport;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of nodes' files is held in memory at once: each conversation a little, and a
 * few of them much more.
 */
final class ContentRoom {

	/** What a conversation may hold without a turn, in bytes. */
	static final long LITTLE = 1024 * 1024;

	/** And with one. */
	static final long MOST = 64 * 1024 * 1024;

	static final int TURNS = 4;

	/** The lines of one file; each is an object, however short it is. */
	static final int MOST_LINES = 110_000;

	/** What a line takes beside its bytes. */
	private static final int LINE = 200;

	private final Semaphore turns = new Semaphore(TURNS, true);

	private final Duration patience;

	/**
	 * @param patience with which a turn is waited for
	 */
	ContentRoom(Duration patience) {
		this.patience = patience;
	}

	/** That of one conversation, to be closed when it ends. */
	Share share() {
		return new Share();
	}

	/**
	 * What one conversation holds.
	 */
	final class Share implements AutoCloseable {

		private long held;

		private boolean hasTurn;

		private boolean closed;

		/**
		 * A file of that size is about to be read; waits for a turn where it needs one.
		 * @return whether there is room for it
		 */
		boolean takesBytes(int size) {
			return takes((long) size);
		}

		/**
		 * A file that was read is about to be parsed.
		 * @return whether there is room for its lines
		 */
		boolean takesLines(byte[] content) {
			long lines = lines(content);
			return lines <= MOST_LINES && takes(lines * LINE);
		}

		private synchronized boolean takes(long more) {
			if (this.closed || this.held + more > MOST) {
				return false;
			}
			if (this.held + more > LITTLE && !this.hasTurn) {
				this.hasTurn = awaitTurn();
				if (!this.hasTurn) {
					return false;
				}
			}
			this.held += more;
			return true;
		}

		@Override
		public synchronized void close() {
			this.closed = true;
			if (this.hasTurn) {
				this.hasTurn = false;
				ContentRoom.this.turns.release();
			}
		}

	}

	private boolean awaitTurn() {
		try {
			return this.turns.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static long lines(byte[] content) {
		long lines = 1;
		for (byte each : content) {
			if (each == '\n') {
				lines++;
			}
		}
		return lines;
	}

}
