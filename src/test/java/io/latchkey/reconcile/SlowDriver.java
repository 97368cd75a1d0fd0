package io.latchkey.reconcile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * H2's driver, on a machine where each statement takes its time.
 */
public final class SlowDriver implements Driver {

	private static volatile Duration delay = Duration.ZERO;

	private static volatile long stalledUntil = System.nanoTime();

	private static final AtomicInteger COMMITS = new AtomicInteger();

	private static volatile boolean commitsFail;

	private final Driver h2 = new org.h2.Driver();

	/** From now on, for all connections. */
	static void delay(Duration ofEachStatement) {
		delay = ofEachStatement;
	}

	/** Until then no statement comes back. */
	static void stall(Duration ofAll) {
		stalledUntil = System.nanoTime() + ofAll.toNanos();
	}

	/**
	 * Whether every third transaction of a run's fails to be committed, by turns before
	 * it is and after.
	 */
	static void failCommits(boolean fail) {
		commitsFail = fail;
	}

	@Override
	public @Nullable Connection connect(String url, Properties properties) throws SQLException {
		Connection connection = this.h2.connect(url, properties);
		return (connection != null) ? slow(Connection.class, connection) : null;
	}

	private static <T> T slow(Class<T> type, Object target) {
		return type.cast(Proxy.newProxyInstance(SlowDriver.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					if (method.getName().startsWith("execute")) {
						LockSupport.parkNanos(delay.toNanos());
						awaitEndOfStall();
					}
					int commit = method.getName().equals("commit") && commitsFail
							&& Thread.currentThread().getName().startsWith("reconcile-") ? COMMITS.incrementAndGet()
									: 1;
					if (commit % 6 == 0) {
						throw new SQLTransactionRollbackException("It was rolled back", "40001");
					}
					try {
						Object result = method.invoke(target, arguments);
						if (commit % 6 == 3) {
							throw new SQLRecoverableException("The answer was lost", "08006");
						}
						return Statement.class.isAssignableFrom(method.getReturnType())
								? slow(method.getReturnType(), result) : result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				}));
	}

	private static void awaitEndOfStall() {
		long left = stalledUntil - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = stalledUntil - System.nanoTime();
		}
	}

	@Override
	public boolean acceptsURL(String url) throws SQLException {
		return this.h2.acceptsURL(url);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
		return this.h2.getPropertyInfo(url, properties);
	}

	@Override
	public int getMajorVersion() {
		return this.h2.getMajorVersion();
	}

	@Override
	public int getMinorVersion() {
		return this.h2.getMinorVersion();
	}

	@Override
	public boolean jdbcCompliant() {
		return this.h2.jdbcCompliant();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

}
