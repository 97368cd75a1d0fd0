package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The nodes' tasks in the scheduler's table, one instance for each: nobody else writes
 * SQL on it, or knows how the instances are called. A run that is under way keeps its
 * task, whatever comes meanwhile.
 */
@Component
public class NodeTasks {

	/** The name of the task of which each node has an instance. */
	public static final String NAME = "reconcile-node";

	private static final int LONGEST_NAME = 50;

	/** In which rows are locked. */
	private static final Comparator<Execution> IN_ORDER = Comparator
		.comparing((Execution execution) -> execution.taskInstance.getTaskName())
		.thenComparing((execution) -> execution.taskInstance.getId());

	/** A run that was put off is tried again after that at the latest. */
	public static final Duration LONGEST_PUT_OFF = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	private final TransactionTemplate transaction;

	private final ObjectProvider<Scheduler> scheduler;

	private final Clock clock;

	private final AtomicInteger picked = new AtomicInteger();

	NodeTasks(JdbcClient jdbc, NamedParameterJdbcOperations batches, TransactionTemplate transaction,
			ObjectProvider<Scheduler> scheduler, Clock clock) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.transaction = transaction;
		this.scheduler = scheduler;
		this.clock = clock;
	}

	public static String instanceOf(NodeId node) {
		return String.format(Locale.ROOT, "%d", node.value());
	}

	public static NodeId nodeOf(String instance) {
		return new NodeId(Long.parseLong(instance));
	}

	/** Makes one that is due now, unless there is one. */
	void add(NodeId node) {
		this.scheduler.ifAvailable((scheduler) -> scheduler
			.scheduleIfNotExists(new TaskInstance<Void>(NAME, instanceOf(node)), this.clock.instant()));
	}

	/**
	 * They are due now, and as urgent as this. Where a run is under way, so is the one
	 * that follows it. In the order of their instances, as they are picked, so that the
	 * two never lock each other out.
	 */
	void bringForward(Collection<NodeId> nodes, Urgency urgency) {
		List<String> inOrder = nodes.stream().map(NodeTasks::instanceOf).sorted().toList();
		Chunk.each(inOrder,
				(some) -> this.jdbc
					.sql("select task_instance from scheduled_tasks where task_name = :task "
							+ "and task_instance in (:nodes) order by task_instance for update")
					.param("task", NAME)
					.param("nodes", some)
					.query(String.class)
					.list());
		Chunk.each(inOrder, (some) -> this.jdbc.sql("""
				update scheduled_tasks set
				execution_time = case when picked then execution_time else cast(:now as timestamp with time zone) end,
				priority = case when (picked or execution_time <= :soon) and priority > :priority
				then priority else :priority end
				where task_name = :task and task_instance in (:nodes)""")
			.param("now", JdbcColumns.at(this.clock.instant()))
			// also that of a run that was put off
			.param("soon", JdbcColumns.at(this.clock.instant().plus(LONGEST_PUT_OFF)))
			.param("priority", urgency.priority())
			.param("task", NAME)
			.param("nodes", some)
			.update());
	}

	/** A run that is under way ends by itself. */
	void removeIdle(NodeId node) {
		this.jdbc
			.sql("delete from scheduled_tasks where task_name = :task and task_instance = :node and picked = :picked")
			.param("task", NAME)
			.param("node", instanceOf(node))
			.param("picked", false)
			.update();
	}

	/**
	 * Picks those that nobody else has picked by now, of this task and any other.
	 * @return each as it is picked, in their order; nothing where somebody else was first
	 */
	public List<Optional<Execution>> pick(List<Execution> due, String by) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		String name = by.substring(0, Math.min(by.length(), LONGEST_NAME));
		List<Execution> inOrder = due.stream().sorted(IN_ORDER).toList();
		SqlParameterSource[] rows = inOrder.stream()
			.map((execution) -> new MapSqlParameterSource("task", execution.taskInstance.getTaskName())
				.addValue("instance", execution.taskInstance.getId())
				.addValue("version", execution.version)
				.addValue("picked", true)
				.addValue("free", false)
				.addValue("by", name)
				.addValue("now", JdbcColumns.at(now)))
			.toArray(SqlParameterSource[]::new);
		int[] updated = Objects.requireNonNull(this.transaction.execute((status) -> this.batches.batchUpdate("""
				update scheduled_tasks set picked = :picked, picked_by = :by, last_heartbeat = :now,
				version = version + 1 where picked = :free and task_name = :task and task_instance = :instance
				and version = :version""", rows)));
		Set<Execution> picked = Collections.newSetFromMap(new IdentityHashMap<>());
		IntStream.range(0, inOrder.size())
			.filter((index) -> updated[index] == 1)
			.forEach((index) -> picked.add(inOrder.get(index)));
		picked.stream()
			.filter((execution) -> execution.taskInstance.getTaskName().equals(NAME))
			.forEach((execution) -> this.picked.incrementAndGet());
		return due.stream()
			.map((execution) -> picked.contains(execution) ? Optional.of(picked(execution, name, now))
					: Optional.<Execution>empty())
			.toList();
	}

	/** A run of one that was picked begins. */
	public void noteBegin() {
		this.picked.decrementAndGet();
	}

	/** How many others were picked, and their runs are about to begin. */
	public int beginning() {
		return Math.max(0, this.picked.get());
	}

	private static Execution picked(Execution due, String by, Instant now) {
		return new Execution(due.executionTime, due.taskInstance, true, by, due.lastSuccess, due.lastFailure,
				due.consecutiveFailures, now, due.version + 1);
	}

	/** Whether it still is: what takes it up anew, and what ends it, makes it another. */
	public boolean isPicked(Picked task) {
		return this.jdbc.sql("""
				select count(*) from scheduled_tasks
				where task_name = :task and task_instance = :node and version = :version and picked = :picked""")
			.paramSource(columns(task).addValue("picked", true))
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Those of which that is so, and stays so until the transaction ends: nobody takes
	 * them up anew meanwhile.
	 */
	public Set<Picked> lockPicked(Collection<Picked> tasks) {
		Map<String, Long> versions = new HashMap<>();
		Chunk.each(tasks.stream().map((task) -> instanceOf(task.node())).sorted().toList(),
				(some) -> this.jdbc.sql("""
						select task_instance, version from scheduled_tasks where task_name = :task
						and task_instance in (:nodes) and picked = :picked order by task_instance for update""")
					.param("task", NAME)
					.param("nodes", some)
					.param("picked", true)
					.query((ResultSet row) -> {
						versions.put(row.getString("task_instance"), row.getLong("version"));
					}));
		return tasks.stream()
			.filter((task) -> Objects.equals(versions.get(instanceOf(task.node())), task.version()))
			.collect(Collectors.toSet());
	}

	/** Ends a run: the next is due then. */
	public void end(StatementBatch batch, Picked task, Due next) {
		end(batch, next,
				columns(task).addValue("success", now())
					.addValue("failure", JdbcColumns.at(task.lastFailure()))
					.addValue("failures", 0));
	}

	/** The same of a run that broke off. */
	public void endBroken(StatementBatch batch, Picked task, Due next) {
		end(batch, next,
				columns(task).addValue("success", JdbcColumns.at(task.lastSuccess()))
					.addValue("failure", now())
					.addValue("failures", task.failures() + 1));
	}

	private static void end(StatementBatch batch, Due next, MapSqlParameterSource row) {
		batch.add("""
				update scheduled_tasks set picked = :free, picked_by = null, last_heartbeat = null,
				last_success = :success, last_failure = :failure, consecutive_failures = :failures,
				execution_time = :next, priority = coalesce(cast(:priority as smallint), priority),
				version = version + 1
				where task_name = :task and task_instance = :node and version = :version""",
				row.addValue("free", false)
					.addValue("next", JdbcColumns.at(next.at()))
					.addValue("priority", (next.plan() != null) ? next.plan().urgency().priority() : null));
	}

	private @Nullable OffsetDateTime now() {
		return JdbcColumns.at(this.clock.instant().truncatedTo(ChronoUnit.MICROS));
	}

	/** Ends runs of nodes that are gone. */
	public void remove(StatementBatch batch, Picked task) {
		batch.add(
				"delete from scheduled_tasks where task_name = :task and task_instance = :node and version = :version",
				columns(task));
	}

	private static MapSqlParameterSource columns(Picked task) {
		return new MapSqlParameterSource("task", NAME).addValue("node", instanceOf(task.node()))
			.addValue("version", task.version());
	}

	/**
	 * A node's task that is being run.
	 *
	 * @param version of db-scheduler's own optimistic lock
	 * @param failures how many runs in a row broke off
	 */
	public record Picked(NodeId node, long version, @Nullable Instant lastSuccess, @Nullable Instant lastFailure,
			int failures) {

		public static Picked of(Execution execution) {
			return new Picked(nodeOf(execution.taskInstance.getId()), execution.version, execution.lastSuccess,
					execution.lastFailure, execution.consecutiveFailures);
		}

	}

	/**
	 * Frees whatever is picked, of this task and any other. The version is that of
	 * db-scheduler's own optimistic lock.
	 * @return how many were
	 */
	public int freeAllPicked() {
		return this.jdbc
			.sql("update scheduled_tasks set picked = :free, picked_by = null, last_heartbeat = null, "
					+ "version = version + 1 where picked = :picked")
			.param("free", false)
			.param("picked", true)
			.update();
	}

	/** The same, at once. */
	public void lookForDue() {
		this.scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
	}

	/** Has the scheduler look at once, and not at its next poll. */
	void lookForDueAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				lookForDue();
			}
		});
	}

}
