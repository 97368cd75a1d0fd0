package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The nodes' tasks in the scheduler's table, one instance for each: nobody else writes
 * SQL on it, or knows how the instances are called. A run that is under way keeps its
 * task, whatever comes meanwhile.
 */
@Component
class NodeTasks {

	/** The name of the task of which each node has an instance. */
	static final String NAME = "reconcile-node";

	private final JdbcClient jdbc;

	private final ObjectProvider<Scheduler> scheduler;

	private final Clock clock;

	NodeTasks(JdbcClient jdbc, ObjectProvider<Scheduler> scheduler, Clock clock) {
		this.jdbc = jdbc;
		this.scheduler = scheduler;
		this.clock = clock;
	}

	static String instanceOf(NodeId node) {
		return String.format(Locale.ROOT, "%d", node.value());
	}

	static NodeId nodeOf(String instance) {
		return new NodeId(Long.parseLong(instance));
	}

	/** Makes one that is due now, unless there is one. */
	void add(NodeId node) {
		this.scheduler.ifAvailable((scheduler) -> scheduler
			.scheduleIfNotExists(new TaskInstance<Void>(NAME, instanceOf(node)), this.clock.instant()));
	}

	/**
	 * They are due now, and as urgent as this. Where a run is under way, so is the one
	 * that follows it.
	 */
	void bringForward(Collection<NodeId> nodes, Urgency urgency) {
		Chunk.each(nodes.stream().map(NodeTasks::instanceOf).sorted().toList(), (some) -> this.jdbc.sql("""
				update scheduled_tasks set
				execution_time = case when picked then execution_time else cast(:now as timestamp with time zone) end,
				priority = case when (picked or execution_time <= :soon) and priority > :priority
				then priority else :priority end
				where task_name = :task and task_instance in (:nodes)""")
			.param("now", JdbcColumns.at(this.clock.instant()))
			// also that of a run that was put off
			.param("soon", JdbcColumns.at(this.clock.instant().plus(Workers.LONGEST_PUT_OFF)))
			.param("priority", urgency.priority())
			.param("task", NAME)
			.param("nodes", some)
			.update());
	}

	/** How urgent the next run is. */
	void noteUrgency(NodeId node, Urgency urgency) {
		this.jdbc
			.sql("update scheduled_tasks set priority = :priority where task_name = :task and task_instance = :node")
			.param("priority", urgency.priority())
			.param("task", NAME)
			.param("node", instanceOf(node))
			.update();
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
	 * Frees whatever is picked, of this task and any other. The version is that of
	 * db-scheduler's own optimistic lock.
	 * @return how many were
	 */
	int freeAllPicked() {
		return this.jdbc
			.sql("update scheduled_tasks set picked = :free, picked_by = null, last_heartbeat = null, "
					+ "version = version + 1 where picked = :picked")
			.param("free", false)
			.param("picked", true)
			.update();
	}

	/** Has the scheduler look at once, and not at its next poll. */
	void lookForDueAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				NodeTasks.this.scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
			}
		});
	}

}
