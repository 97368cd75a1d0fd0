package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The past runs. */
@Repository
public class RunRepository {

	/** More than there are in 90 days by looking every ten minutes. */
	private static final int MOST_OF_A_NODE = 20_000;

	/** Of the lines that one run added, and of those that it removed. */
	private static final int MOST_LINES = 200;

	/** sshd reads no key that is longer. */
	private static final int LONGEST_LINE = 16 * 1024;

	private static final String INSERT = """
			insert into reconcile_run (node_id, started_at, duration_millis, run_trigger, outcome, added, removed,
			detail, queued_micros, kept_session, connect_micros, key_exchange_micros, authentication_micros,
			observe_micros, apply_micros, confirm_micros, handshake_log) values (:node, :started, :duration,
			:trigger, :outcome, :added, :removed, :detail, :queued, :kept, :connect, :keyExchange, :authentication,
			:observe, :apply, :confirm, :log)""";

	private final JdbcClient jdbc;

	RunRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void add(Run run) {
		this.jdbc.sql(INSERT).paramSource(columns(run)).update();
	}

	public void add(StatementBatch batch, Run run) {
		batch.add(INSERT, columns(run));
	}

	private static MapSqlParameterSource columns(Run run) {
		return new MapSqlParameterSource(columns(run.timing().parts())).addValue("node", run.node().value())
			.addValue("started", JdbcColumns.at(run.timing().startedAt()))
			.addValue("duration", run.timing().duration().toMillis())
			.addValue("trigger", run.trigger().name())
			.addValue("outcome", run.outcome().name())
			.addValue("added", withoutNul(told(run.changes().added())))
			.addValue("removed", withoutNul(told(run.changes().removed())))
			.addValue("detail", JdbcColumns.detail(run.detail()))
			.addValue("log", withoutNul(run.handshakeLog()));
	}

	/** PostgreSQL keeps no NUL in a text; what is shown shows a stand-in. */
	private static @Nullable String withoutNul(@Nullable String text) {
		return (text != null) ? text.replace('\0', '\u2400') : null;
	}

	private static Map<String, ?> columns(RunTimes times) {
		Map<String, Object> columns = new HashMap<>();
		columns.put("queued", micros(times.queued()));
		columns.put("kept", times.kept());
		columns.put("connect", micros(times.connect()));
		columns.put("keyExchange", micros(times.keyExchange()));
		columns.put("authentication", micros(times.authentication()));
		columns.put("observe", micros(times.observe()));
		columns.put("apply", micros(times.apply()));
		columns.put("confirm", micros(times.confirm()));
		return columns;
	}

	public Page<Run> of(NodeId node, Pageable page) {
		List<Run> runs = this.jdbc.sql("""
				select * from reconcile_run where node_id = :node order by id desc
				offset :offset rows fetch next :size rows only""")
			.param("node", node.value())
			.param("offset", page.isPaged() ? page.getOffset() : 0)
			.param("size", page.isPaged() ? page.getPageSize() : Integer.MAX_VALUE)
			.query(RunRepository::row)
			.list();
		long total = this.jdbc.sql("select count(*) from reconcile_run where node_id = :node")
			.param("node", node.value())
			.query(Long.class)
			.single();
		return new PageImpl<>(runs, page, total);
	}

	public int deleteBefore(Instant instant) {
		return this.jdbc.sql("delete from reconcile_run where started_at < :before")
			.param("before", JdbcColumns.at(instant))
			.update();
	}

	/** A node has so many, whoever asked for them. */
	public int deleteAllButLatest() {
		return deleteAllButLatest(MOST_OF_A_NODE);
	}

	public int deleteAllButLatest(int most) {
		return this.jdbc.sql("""
				delete from reconcile_run where id in (select id from (select id,
				row_number() over (partition by node_id order by id desc) as place from reconcile_run) numbered
				where place > :most)""").param("most", most).update();
	}

	private static Run row(ResultSet row, int number) throws SQLException {
		return new Run(row.getLong("id"), new NodeId(row.getLong("node_id")),
				new Run.Timing(JdbcColumns.requiredInstant(row, "started_at"),
						Duration.ofMillis(row.getLong("duration_millis")), times(row)),
				JdbcColumns.constant(row, "run_trigger", Run.Trigger.MANUAL),
				JdbcColumns.constant(row, "outcome", Run.Outcome.FAILED),
				new LineChanges(lines(row.getString("added")), lines(row.getString("removed"))),
				row.getString("detail"), row.getString("handshake_log"));
	}

	private static RunTimes times(ResultSet row) throws SQLException {
		Duration queued = duration(row, "queued_micros");
		return new RunTimes((queued != null) ? queued : Duration.ZERO, row.getBoolean("kept_session"),
				duration(row, "connect_micros"), duration(row, "key_exchange_micros"),
				duration(row, "authentication_micros"), duration(row, "observe_micros"), duration(row, "apply_micros"),
				duration(row, "confirm_micros"));
	}

	private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
		long micros = row.getLong(column);
		return row.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
	}

	private static @Nullable Long micros(@Nullable Duration duration) {
		return (duration != null) ? duration.toNanos() / 1000 : null;
	}

	/** Of a file with many lines the first are enough for the record of a run. */
	private static String told(List<String> lines) {
		List<String> told = new ArrayList<>(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
		if (lines.size() > MOST_LINES) {
			told.add("… %d more".formatted(lines.size() - MOST_LINES));
		}
		return told.stream()
			.map((line) -> (line.length() > LONGEST_LINE) ? line.substring(0, LONGEST_LINE) + "…" : line)
			.collect(Collectors.joining("\n"))
			.replace('\0', '\u2400');
	}

	private static List<String> lines(String column) {
		return column.isEmpty() ? List.of() : Arrays.asList(column.split("\n"));
	}

}
