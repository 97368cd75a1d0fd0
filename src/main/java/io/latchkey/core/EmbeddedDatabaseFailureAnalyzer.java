package io.latchkey.core;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in words that another process has the embedded database, or that there is none.
 */
class EmbeddedDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

	/** H2's DATABASE_ALREADY_OPEN_1. */
	private static final int IN_USE = 90_020;

	/** H2's DATABASE_NOT_FOUND_WITH_IF_EXISTS_1. */
	private static final int MISSING = 90_146;

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
		return switch (cause.getErrorCode()) {
			case IN_USE -> new FailureAnalysis(
					"The embedded database is in use: Latchkey, or another program that has its file open, is running.",
					"Stop that first. Only with PostgreSQL can several use the database at once.", rootFailure);
			case MISSING -> new FailureAnalysis("There is no database in the data folder.",
					"Set LATCHKEY_DATA_DIR to the folder in which Latchkey keeps it, or LATCHKEY_DATABASE_URL where "
							+ "it is another.",
					rootFailure);
			default -> null;
		};
	}

}
