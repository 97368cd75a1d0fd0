package io.latchkey.core;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether something failed because the database is away: not reachable, shutting
 * down or starting, or gone in the middle of a statement.
 */
public final class DatabaseOutage {

	/** The class of connection exceptions of the SQL standard. */
	private static final String CONNECTION = "08";

	/** PostgreSQL's "operator intervention": shut down, crashed, not started yet. */
	private static final String SHUTDOWN = "57P";

	private static final String GONE = "Connection is closed";

	private DatabaseOutage() {
	}

	/** Whether one is behind it, or behind one of its causes. */
	public static boolean isBehind(Throwable failure) {
		for (Throwable next = failure; next != null; next = next.getCause()) {
			if (next instanceof SQLException ex && isOutage(ex, ex.getSQLState())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The pool says by a type that it has no connection to give, and only by a text that
	 * the one it gave is gone, which is all that is left where a rollback failed as well.
	 */
	private static boolean isOutage(SQLException ex, @Nullable String state) {
		if (state == null) {
			return ex instanceof SQLTransientConnectionException || GONE.equals(ex.getMessage());
		}
		return ex instanceof SQLTransientConnectionException || state.startsWith(CONNECTION)
				|| state.startsWith(SHUTDOWN);
	}

}
