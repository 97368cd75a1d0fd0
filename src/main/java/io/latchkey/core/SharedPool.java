package io.latchkey.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool of connections of which each {@link ConnectionShare} has its part, so that many
 * runs leave room for people, and neither keeps the scheduler from its heartbeats: a
 * fifth is the scheduler's, and of the rest half at most the runs'.
 * <p>
 * A connection within another of the same thread is not counted: who has one must not
 * wait for those that wait for it.
 */
final class SharedPool extends DelegatingDataSource {

	/** Who waits for an answer is told in time that there is none. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** A run would break off, and has time. */
	private static final Duration PATIENCE_OF_RUNS = Duration.ofMinutes(5);

	private final ThreadLocal<AtomicInteger> held = ThreadLocal.withInitial(AtomicInteger::new);

	private final Semaphore all;

	private final Semaphore ofRuns;

	/**
	 * @param size how many connections the pool has at most
	 */
	SharedPool(DataSource pool, int size) {
		super(pool);
		int shared = Math.max(1, size - Math.max(1, size / 5));
		this.all = new Semaphore(shared, true);
		this.ofRuns = new Semaphore(Math.max(1, shared / 2), true);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return leased(super::getConnection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return leased(() -> super.getConnection(username, password));
	}

	private Connection leased(Opening opening) throws SQLException {
		Lease lease = lease();
		try {
			return lease.of(opening.open());
		}
		catch (SQLException | RuntimeException | Error ex) {
			lease.end();
			throw ex;
		}
	}

	private Lease lease() throws SQLException {
		Lease lease = new Lease(this.held.get());
		if (lease.isWithinAnother()) {
			return lease;
		}
		try {
			switch (ConnectionShare.ofCurrentThread()) {
				case SCHEDULER -> {
				}
				case CALLERS -> lease.take(this.all, PATIENCE);
				case RUNS -> {
					lease.take(this.ofRuns, PATIENCE_OF_RUNS);
					lease.take(this.all, PATIENCE_OF_RUNS);
				}
			}
			return lease;
		}
		catch (SQLException ex) {
			lease.end();
			throw ex;
		}
	}

	/** Opens a connection of the pool. */
	@FunctionalInterface
	private interface Opening {

		Connection open() throws SQLException;

	}

	/** What a connection has taken of the shares, until it is closed from any thread. */
	private static final class Lease {

		private final AtomicInteger heldByThread;

		private final boolean withinAnother;

		private final Deque<Semaphore> taken = new ArrayDeque<>();

		private final AtomicBoolean ended = new AtomicBoolean();

		Lease(AtomicInteger heldByThread) {
			this.heldByThread = heldByThread;
			this.withinAnother = heldByThread.getAndIncrement() > 0;
		}

		boolean isWithinAnother() {
			return this.withinAnother;
		}

		void take(Semaphore share, Duration patience) throws SQLException {
			try {
				if (!share.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new SQLTransientConnectionException(
							"Waited %d s for a share of the connections to the database"
								.formatted(patience.toSeconds()));
				}
				this.taken.push(share);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new SQLTransientConnectionException("Interrupted while waiting for a connection", ex);
			}
		}

		Connection of(Connection connection) {
			return (Connection) Proxy.newProxyInstance(SharedPool.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("equals") && arguments != null) {
							return proxy == arguments[0];
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
						finally {
							if (method.getName().equals("close")) {
								end();
							}
						}
					});
		}

		void end() {
			if (this.ended.compareAndSet(false, true)) {
				this.taken.forEach(Semaphore::release);
				this.heldByThread.decrementAndGet();
			}
		}

	}

}
