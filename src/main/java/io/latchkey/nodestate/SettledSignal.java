package io.latchkey.nodestate;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Component;

/**
 * Wakes those who wait for runs to end, each when the last of the runs ended that it
 * waits for: many may wait at once, and to look costs a query. Runs of other instances
 * are noticed within half a second.
 */
@Component
public class SettledSignal {

	private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	/** Each keeps a connection, and asks the database twice a second. */
	private static final int MOST_WAITING = 500;

	private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

	/** What the run came to is stored. */
	public void runEnded(NodeId node) {
		this.waiting.forEach((each) -> each.noteEnd(node));
	}

	/**
	 * Waits until none is unsettled or the time is up; no lock is held while looking.
	 * Where very many wait already, the time is up at once.
	 */
	public void await(Supplier<? extends Collection<NodeId>> unsettled, Duration atMost) {
		if (this.waiting.size() >= MOST_WAITING) {
			return;
		}
		long deadline = System.nanoTime() + atMost.toNanos();
		Waiting waits = new Waiting();
		this.waiting.add(waits);
		try {
			Collection<NodeId> left = unsettled.get();
			while (!left.isEmpty() && System.nanoTime() < deadline) {
				waits.awaitEnds(left, Math.min(System.nanoTime() + LOOK_AGAIN_NANOS, deadline));
				left = unsettled.get();
			}
		}
		finally {
			this.waiting.remove(waits);
		}
	}

	/** One who waits, and the ends that came since it last looked. */
	private static final class Waiting {

		private final ReentrantLock lock = new ReentrantLock();

		private final Condition more = this.lock.newCondition();

		private final Set<NodeId> ended = new HashSet<>();

		void noteEnd(NodeId node) {
			this.lock.lock();
			try {
				this.ended.add(node);
				this.more.signal();
			}
			finally {
				this.lock.unlock();
			}
		}

		/** An end that came while it was looking may not have been seen: it counts. */
		void awaitEnds(Collection<NodeId> nodes, long deadline) {
			this.lock.lock();
			try {
				long nanos = deadline - System.nanoTime();
				while (!this.ended.containsAll(nodes) && nanos > 0) {
					this.more.awaitNanos(nanos);
					nanos = deadline - System.nanoTime();
				}
				this.ended.clear();
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

}
