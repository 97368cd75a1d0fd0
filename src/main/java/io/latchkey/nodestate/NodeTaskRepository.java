package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.kagkarlsson.scheduler.task.Execution;
import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the scheduler's table: nobody else writes SQL on it. The version is that of
 * db-scheduler's own optimistic lock.
 */
@Repository
class NodeTaskRepository {

	/** The task of which each node has an instance. */
	static final String NAME = "reconcile-node";

	/** A run that was put off is tried again after that at the latest. */
	static final Duration LONGEST_PUT_OFF = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	NodeTaskRepository(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * They are due now, and as urgent as this; where a run is under way, so is the one
	 * that follows it.
	 * @param nodes the instances, in their order
	 */
	void bringForward(List<String> nodes, Urgency urgency, Instant now) {
		Chunk.each(nodes,
				(some) -> this.jdbc
					.sql("select task_instance from scheduled_tasks where task_name = :task "
							+ "and task_instance in (:nodes) order by task_instance for update")
					.param("task", NAME)
					.param("nodes", some)
					.query(String.class)
					.list());
		Chunk.each(nodes, (some) -> this.jdbc.sql("""
				update scheduled_tasks set
				execution_time = case when picked then execution_time else cast(:now as timestamp with time zone) end,
				priority = case when (picked or execution_time <= :soon) and priority > :priority
				then priority else :priority end
				where task_name = :task and task_instance in (:nodes)""")
			.param("now", JdbcColumns.at(now))
			// also that of a run that was put off
			.param("soon", JdbcColumns.at(now.plus(LONGEST_PUT_OFF)))
			.param("priority", urgency.priority())
			.param("task", NAME)
			.param("nodes", some)
			.update());
	}

	void removeIdle(String node) {
		this.jdbc
			.sql("delete from scheduled_tasks where task_name = :task and task_instance = :node and picked = :picked")
			.param("task", NAME)
			.param("node", node)
			.param("picked", false)
			.update();
	}

	/** Returns of each whether it was still free: 1 or 0. */
	int[] pick(List<Execution> free, String by, Instant now) {
		SqlParameterSource[] rows = free.stream()
			.map((execution) -> new MapSqlParameterSource("task", execution.taskInstance.getTaskName())
				.addValue("instance", execution.taskInstance.getId())
				.addValue("version", execution.version)
				.addValue("picked", true)
				.addValue("free", false)
				.addValue("by", by)
				.addValue("now", JdbcColumns.at(now)))
			.toArray(SqlParameterSource[]::new);
		return this.batches.batchUpdate("""
				update scheduled_tasks set picked = :picked, picked_by = :by, last_heartbeat = :now,
				version = version + 1 where picked = :free and task_name = :task and task_instance = :instance
				and version = :version""", rows);
	}

	boolean isPicked(String node, long version) {
		return this.jdbc.sql("""
				select count(*) from scheduled_tasks
				where task_name = :task and task_instance = :node and version = :version and picked = :picked""")
			.paramSource(columns(node, version).addValue("picked", true))
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Locks those that are picked.
	 * @param nodes the instances, in their order
	 * @return the version of each
	 */
	Map<String, Long> lockPicked(List<String> nodes) {
		Map<String, Long> versions = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("""
						select task_instance, version from scheduled_tasks where task_name = :task
						and task_instance in (:nodes) and picked = :picked order by task_instance for update""")
					.param("task", NAME)
					.param("nodes", some)
					.param("picked", true)
					.query((ResultSet row) -> {
						versions.put(row.getString("task_instance"), row.getLong("version"));
					}));
		return versions;
	}

	/** What a row says of the runs that have ended. */
	record Ended(@Nullable Instant lastSuccess, @Nullable Instant lastFailure, int failures) {

	}

	void end(StatementBatch batch, String node, long version, Ended ended, Due next) {
		batch.add("""
				update scheduled_tasks set picked = :free, picked_by = null, last_heartbeat = null,
				last_success = :success, last_failure = :failure, consecutive_failures = :failures,
				execution_time = :next, priority = coalesce(cast(:priority as smallint), priority),
				version = version + 1
				where task_name = :task and task_instance = :node and version = :version""",
				columns(node, version).addValue("success", JdbcColumns.at(ended.lastSuccess()))
					.addValue("failure", JdbcColumns.at(ended.lastFailure()))
					.addValue("failures", ended.failures())
					.addValue("free", false)
					.addValue("next", JdbcColumns.at(next.at()))
					.addValue("priority", (next.plan() != null) ? next.plan().urgency().priority() : null));
	}

	void remove(StatementBatch batch, String node, long version) {
		batch.add(
				"delete from scheduled_tasks where task_name = :task and task_instance = :node and version = :version",
				columns(node, version));
	}

	/** Of this task and any other; returns how many. */
	int freeAllPicked() {
		return this.jdbc
			.sql("update scheduled_tasks set picked = :free, picked_by = null, last_heartbeat = null, "
					+ "version = version + 1 where picked = :picked")
			.param("free", false)
			.param("picked", true)
			.update();
	}

	private static MapSqlParameterSource columns(String node, long version) {
		return new MapSqlParameterSource("task", NAME).addValue("node", node).addValue("version", version);
	}

}
