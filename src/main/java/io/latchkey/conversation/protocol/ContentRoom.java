package io.latchkey.conversation.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of nodes' files is held in memory at once: each conversation a little, and a
 * few of them much more. Nodes that kept their turn for long the last time have half of
 * the turns, so that they don't keep the others waiting.
 */
public final class ContentRoom {

	/** What a conversation may hold without a turn, in bytes. */
	static final long LITTLE = 1024 * 1024;

	/** And with one. */
	static final long MOST = 64 * 1024 * 1024;

	static final int TURNS = 4;

	/** The lines of one file; each is an object, however short it is. */
	public static final int MOST_LINES = 110_000;

	/** What a line takes beside its bytes. */
	private static final int LINE = 200;

	private static final int MOST_REMEMBERED = 10_000;

	private final Semaphore turns = new Semaphore(TURNS, true);

	private final Semaphore turnsOfSlow = new Semaphore(TURNS / 2, true);

	private final Map<String, Boolean> slow = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MOST_REMEMBERED;
		}

	};

	private final Duration patience;

	private final Duration longTurn;

	/**
	 * @param patience with which a turn is waited for
	 * @param longTurn whoever keeps one for longer is slow
	 */
	public ContentRoom(Duration patience, Duration longTurn) {
		this.patience = patience;
		this.longTurn = longTurn;
	}

	/**
	 * That of one conversation, to be closed when it ends.
	 * @param node as it is dialled
	 */
	public Share share(String node) {
		return new Share(node);
	}

	private boolean isSlow(String node) {
		synchronized (this.slow) {
			return this.slow.containsKey(node);
		}
	}

	private void note(String node, Duration turn) {
		synchronized (this.slow) {
			if (turn.compareTo(this.longTurn) > 0) {
				this.slow.put(node, Boolean.TRUE);
			}
			else {
				this.slow.remove(node);
			}
		}
	}

	/**
	 * What one conversation holds.
	 */
	public final class Share implements AutoCloseable {

		private final String node;

		private long held;

		private boolean hasTurn;

		private boolean asSlow;

		private long since;

		private boolean closed;

		private Share(String node) {
			this.node = node;
		}

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
				takeTurn();
				if (!this.hasTurn) {
					return false;
				}
			}
			this.held += more;
			return true;
		}

		private void takeTurn() {
			this.asSlow = isSlow(this.node);
			if (this.asSlow && !await(ContentRoom.this.turnsOfSlow)) {
				return;
			}
			this.hasTurn = await(ContentRoom.this.turns);
			this.since = System.nanoTime();
			if (!this.hasTurn && this.asSlow) {
				ContentRoom.this.turnsOfSlow.release();
			}
		}

		@Override
		public synchronized void close() {
			this.closed = true;
			if (this.hasTurn) {
				this.hasTurn = false;
				ContentRoom.this.turns.release();
				if (this.asSlow) {
					ContentRoom.this.turnsOfSlow.release();
				}
				note(this.node, Duration.ofNanos(System.nanoTime() - this.since));
			}
		}

	}

	private boolean await(Semaphore of) {
		try {
			return of.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
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
