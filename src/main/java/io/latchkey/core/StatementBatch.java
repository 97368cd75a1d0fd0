package io.latchkey.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Statements that are sent together: those with the same text as one batch, and the texts
 * in the order in which each came up first. So a statement goes ahead of others that were
 * added before it, where its text was added earlier still.
 */
public final class StatementBatch {

	private final Map<String, List<SqlParameterSource>> statements = new LinkedHashMap<>();

	public void add(String sql, SqlParameterSource values) {
		this.statements.computeIfAbsent(sql, (text) -> new ArrayList<>()).add(values);
	}

	/** Sends what was added since the last time. */
	public void send(NamedParameterJdbcOperations jdbc) {
		this.statements.forEach((sql, values) -> jdbc.batchUpdate(sql, values.toArray(SqlParameterSource[]::new)));
		this.statements.clear();
	}

}
