package io.latchkey.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Statements that are sent together: those with the same text as one batch. All that
 * delete go first, so that what takes their place can come after them, and then the
 * others, each text when it came up first. Whoever adds statements must not need another
 * order.
 */
public final class StatementBatch {

	private final Map<String, List<SqlParameterSource>> statements = new LinkedHashMap<>();

	public void add(String sql, SqlParameterSource values) {
		this.statements.computeIfAbsent(sql, (text) -> new ArrayList<>()).add(values);
	}

	/** Sends what was added since the last time. */
	public void send(NamedParameterJdbcOperations jdbc) {
		send(StatementBatch::deletes, jdbc);
		send((sql) -> !deletes(sql), jdbc);
		this.statements.clear();
	}

	private void send(Predicate<String> which, NamedParameterJdbcOperations jdbc) {
		this.statements.forEach((sql, values) -> {
			if (which.test(sql)) {
				jdbc.batchUpdate(sql, values.toArray(SqlParameterSource[]::new));
			}
		});
	}

	private static boolean deletes(String sql) {
		return sql.startsWith("delete ");
	}

}
