package io.latchkey.reconcile.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.latchkey.core.ConnectionShare;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.runs.RunsUnderWay;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * The workers that run nodes, and how many of them a waiting node may hold. A node that
 * keeps its worker waiting gets a stand-in for it, so that those that answer never queue
 * behind those that don't. There is a limit to stand-ins; nodes that waited the last time
 * have them from the start, and at most half of them, so that an outage of many leaves
 * the rest to nodes that begin to wait.
 */
public class Workers implements RunsUnderWay {

	private static final Duration PUT_OFF = Duration.ofSeconds(1);

	private final int regular;

	private final int mostStandIns;

	private final int slowPlaces;

	private final Duration patience;

	private final Runnable lookForDueRuns;

	private final Clock clock;

	private final ThreadPoolExecutor pool;

	private final ScheduledExecutorService timer;

	private final Semaphore freeSlowPlaces;

	/** Those that kept their worker waiting the last time. */
	private final Set<NodeId> slow = ConcurrentHashMap.newKeySet();

	/** Since when the runs have been due that were put off. */
	private final Map<NodeId, Instant> putOff = new ConcurrentHashMap<>();

	private final AtomicInteger answering = new AtomicInteger();

	private int standIns;

	/**
	 * @param regular how many there are
	 * @param mostStandIns how many more there may be for those that wait
	 * @param patience how long a node may say nothing until its worker counts as waiting
	 * @param lookForDueRuns is run when a stand-in has come
	 */
	Workers(int regular, int mostStandIns, Duration patience, Runnable lookForDueRuns, Clock clock) {
		this.regular = regular;
		this.mostStandIns = mostStandIns;
		this.slowPlaces = Math.max(1, mostStandIns / 2);
		this.freeSlowPlaces = new Semaphore(this.slowPlaces);
		this.patience = patience;
		this.lookForDueRuns = lookForDueRuns;
		this.clock = clock;
		this.pool = new WorkerPool(regular, ConnectionShare.RUNS.threads("reconcile"));
		ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1,
				ConnectionShare.RUNS.threads("reconcile-patience"));
		single.setRemoveOnCancelPolicy(true);
		single.setKeepAliveTime(PUT_OFF.toMillis(), TimeUnit.MILLISECONDS);
		single.allowCoreThreadTimeOut(true);
		this.timer = single;
	}

	/** Where the scheduler runs what is due; it shuts it down. */
	ExecutorService executor() {
		return this.pool;
	}

	/**
	 * A worker's turn at a node; none when too many slow ones have theirs, and the run is
	 * to be put off.
	 * @param due since when the run has been due
	 */
	public Optional<Turn> begin(NodeId node, Instant due) {
		boolean isSlow = this.slow.contains(node);
		if (isSlow && !this.freeSlowPlaces.tryAcquire()) {
			this.putOff.putIfAbsent(node, due);
			return Optional.empty();
		}
		Instant since = this.putOff.remove(node);
		return Optional.of(new Turn(node, (since != null) ? since : due, isSlow));
	}

	/** How many of those that have their turn have not kept their worker waiting. */
	@Override
	public int answering() {
		return this.answering.get();
	}

	/** When to try again; the later the more are put off. */
	Instant nextTry() {
		long longest = Math.min(NodeTasks.LONGEST_PUT_OFF.toMillis(),
				PUT_OFF.toMillis() * (1 + this.putOff.size() / this.slowPlaces));
		return this.clock.instant().plusMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2));
	}

	@EventListener
	void on(NodeRemoved event) {
		this.slow.remove(event.id());
		this.putOff.remove(event.id());
	}

	private synchronized boolean callStandIn() {
		if (this.standIns == this.mostStandIns) {
			return false;
		}
		this.standIns++;
		this.pool.setMaximumPoolSize(this.regular + this.standIns);
		this.pool.setCorePoolSize(this.regular + this.standIns);
		return true;
	}

	private synchronized void dismissStandIn() {
		this.standIns--;
		this.pool.setCorePoolSize(this.regular + this.standIns);
		this.pool.setMaximumPoolSize(this.regular + this.standIns);
	}

	/**
	 * The time that a worker spends on one node.
	 */
	public final class Turn implements AutoCloseable {

		private final NodeId node;

		private final Instant due;

		private final boolean slowPlace;

		private boolean waited;

		private boolean standIn;

		private boolean over;

		private @Nullable Future<?> losesPatience;

		private Turn(NodeId node, Instant due, boolean slowPlace) {
			this.node = node;
			this.due = due;
			this.slowPlace = slowPlace;
			this.standIn = slowPlace && callStandIn();
			Workers.this.answering.incrementAndGet();
		}

		/** Since when the run has been due. */
		public Instant due() {
			return this.due;
		}

		/** The node has answered; its worker waits from now on. */
		public synchronized void goOn() {
			stopWaiting();
			if (!this.over) {
				this.losesPatience = Workers.this.timer.schedule(this::losePatience, Workers.this.patience.toNanos(),
						TimeUnit.NANOSECONDS);
			}
		}

		/**
		 * The worker waits for the node no more, and for the database at most: that is no
		 * slow node, and with a stand-in there would be one more to wait for it.
		 */
		public synchronized void stopWaiting() {
			if (this.losesPatience != null) {
				this.losesPatience.cancel(false);
			}
		}

		private void losePatience() {
			synchronized (this) {
				if (this.over) {
					return;
				}
				if (!this.waited) {
					Workers.this.answering.decrementAndGet();
				}
				this.waited = true;
				this.standIn = this.standIn || callStandIn();
			}
			Workers.this.lookForDueRuns.run();
		}

		@Override
		public synchronized void close() {
			this.over = true;
			stopWaiting();
			if (this.waited) {
				Workers.this.slow.add(this.node);
			}
			else {
				Workers.this.answering.decrementAndGet();
				Workers.this.slow.remove(this.node);
			}
			if (this.standIn) {
				dismissStandIn();
			}
			if (this.slowPlace) {
				Workers.this.freeSlowPlaces.release();
			}
		}

	}

}
