package io.latchkey.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The sessions that just served a node and may do so again for a short time: at most one
 * for each account of a node. Who takes one has it alone, and a session that is not what
 * is asked for now is closed. Sessions are closed by threads of their own, never under
 * the lock and never by who keeps the deadlines.
 */
final class KeptSessions implements AutoCloseable {

	/** A login serves no longer than so many times the time that it is kept idle. */
	private static final int LONGEST_LIFE = 10;

	private static final Duration GOODBYES = Duration.ofSeconds(2);

	private final Duration keepFor;

	private final int atMost;

	private final ScheduledExecutorService timer;

	private final ExecutorService closers = NodeThreads.closers();

	/** The one that has been idle for longest comes first. */
	private final Map<SessionTerms.Place, Kept> kept = new LinkedHashMap<>();

	private boolean closed;

	KeptSessions(TransportProperties properties, ScheduledExecutorService timer) {
		this.keepFor = properties.keepFor();
		this.atMost = properties.keepAtMost();
		this.timer = timer;
	}

	/** Whether any are kept at all. */
	boolean isOn() {
		return this.keepFor.compareTo(Duration.ZERO) > 0 && this.atMost > 0;
	}

	/** The one that was kept there; who takes it closes it, or hands it back. */
	@Nullable Kept take(SessionTerms.Place place) {
		synchronized (this.kept) {
			return this.kept.remove(place);
		}
	}

	/** Keeps it, or closes it. */
	void keep(SessionTerms terms, SshConnection connection) {
		long nanos = Math.min(this.keepFor.toNanos(), LONGEST_LIFE * this.keepFor.toNanos() - connection.login().age());
		if (!isOn() || nanos <= 0) {
			close(connection);
			return;
		}
		connection.rest();
		Kept fresh = new Kept(terms, connection);
		List<Kept> surplus = new ArrayList<>();
		synchronized (this.kept) {
			if (this.closed) {
				surplus.add(fresh);
			}
			else {
				Kept before = this.kept.remove(terms.place());
				if (before != null) {
					surplus.add(before);
				}
				this.kept.put(terms.place(), fresh);
				dropSurplus(surplus);
			}
		}
		surplus.forEach((each) -> close(each.connection()));
		this.timer.schedule(() -> expire(fresh), nanos, TimeUnit.NANOSECONDS);
	}

	/** Closes one without waiting for it. */
	CompletableFuture<Void> close(SshConnection connection) {
		return CompletableFuture.runAsync(connection::close, this.closers);
	}

	/** Closes all that are idle, without waiting for it. */
	CompletableFuture<Void> clear() {
		List<Kept> all;
		synchronized (this.kept) {
			all = List.copyOf(this.kept.values());
			this.kept.clear();
		}
		return CompletableFuture
			.allOf(all.stream().map((each) -> close(each.connection())).toArray(CompletableFuture<?>[]::new));
	}

	/** From now on keeps none. */
	@Override
	public void close() {
		synchronized (this.kept) {
			this.closed = true;
		}
		clear().completeOnTimeout(null, GOODBYES.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	private void dropSurplus(List<Kept> surplus) {
		Iterator<Kept> longestIdle = this.kept.values().iterator();
		while (this.kept.size() > this.atMost) {
			surplus.add(longestIdle.next());
			longestIdle.remove();
		}
	}

	private void expire(Kept idle) {
		boolean removed;
		synchronized (this.kept) {
			removed = this.kept.remove(idle.terms().place(), idle);
		}
		if (removed) {
			close(idle.connection());
		}
	}

	/** A session and what it was made by. Equal to itself only. */
	static final class Kept {

		private final SessionTerms terms;

		private final SshConnection connection;

		Kept(SessionTerms terms, SshConnection connection) {
			this.terms = terms;
			this.connection = connection;
		}

		SessionTerms terms() {
			return this.terms;
		}

		SshConnection connection() {
			return this.connection;
		}

	}

}
