package io.latchkey.core;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Tells whether a transaction failed only because others wrote the same at that moment:
 * it was given up so that they could go on, or waited for them too long. All of it was
 * rolled back, and done again it may well succeed.
 */
public final class Contention {

	/** How often work is done again that others have kept from being done. */
	private static final int MORE_TRIES = 3;

	/**
	 * SQL standard: serialization failure, as which H2 tells deadlocks. PostgreSQL:
	 * deadlock detected, lock not available. ODBC: timeout expired, as which H2 tells
	 * locks that did not come in time.
	 */
	private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00");

	private Contention() {
	}

	/** Whether that is behind it, or behind one of its causes. */
	public static boolean isBehind(Throwable failure) {
		for (Throwable next = failure; next != null; next = next.getCause()) {
			if (next instanceof PessimisticLockingFailureException
					|| (next instanceof SQLException ex && isOf(ex.getSQLState()))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOf(@Nullable String state) {
		return state != null && STATES.contains(state);
	}

	/**
	 * Does the work, and again where others kept it from being done, a few times.
	 * @param work in a transaction of its own, or several of which each may be done again
	 */
	public static <T> T retry(Supplier<T> work) {
		for (int more = MORE_TRIES; more > 0; more--) {
			try {
				return work.get();
			}
			catch (RuntimeException ex) {
				if (!isBehind(ex)) {
					throw ex;
				}
			}
		}
		return work.get();
	}

}
