package io.latchkey.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The past runs. */
@Repository
class RunRepository {

	private final JdbcClient jdbc;

	RunRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(Run run) {
		this.jdbc.sql("""
				insert into reconcile_run (node_id, started_at, duration_millis, run_trigger, outcome, added, removed,
				detail) values (:node, :started, :duration, :trigger, :outcome, :added, :removed, :detail)""")
			.param("node", run.node().value())
			.param("started", JdbcColumns.at(run.startedAt()))
			.param("duration", run.duration().toMillis())
			.param("trigger", run.trigger().name())
			.param("outcome", run.outcome().name())
			.param("added", String.join("\n", run.added()))
			.param("removed", String.join("\n", run.removed()).replace('\0', '\u2400'))
			.param("detail", JdbcColumns.detail(run.detail()))
			.update();
	}

	Page<Run> of(NodeId node, Pageable page) {
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

	int deleteBefore(Instant instant) {
		return this.jdbc.sql("delete from reconcile_run where started_at < :before")
			.param("before", JdbcColumns.at(instant))
			.update();
	}

	private static Run row(ResultSet row, int number) throws SQLException {
		return new Run(row.getLong("id"), new NodeId(row.getLong("node_id")),
				JdbcColumns.requiredInstant(row, "started_at"), Duration.ofMillis(row.getLong("duration_millis")),
				Run.Trigger.valueOf(row.getString("run_trigger")), Run.Outcome.valueOf(row.getString("outcome")),
				lines(row.getString("added")), lines(row.getString("removed")), row.getString("detail"));
	}

	private static List<String> lines(String column) {
		return column.isEmpty() ? List.of() : Arrays.asList(column.split("\n"));
	}

}
