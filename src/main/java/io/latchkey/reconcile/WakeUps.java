package io.latchkey.reconcile;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the tasks of nodes in the transaction of the change: both are committed together,
 * or neither. Written as one statement on the scheduler's own table, whatever the number
 * of nodes; a run that is under way sees the raised generation when it ends and is
 * followed by another.
 */
@Component
class WakeUps {

	private final NodeStateRepository states;

	private final AccountFilesRepository files;

	private final JdbcClient jdbc;

	private final ObjectProvider<Scheduler> scheduler;

	private final Clock clock;

	WakeUps(NodeStateRepository states, AccountFilesRepository files, JdbcClient jdbc,
			ObjectProvider<Scheduler> scheduler, Clock clock) {
		this.states = states;
		this.files = files;
		this.jdbc = jdbc;
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/**
	 * A node that is being worked on keeps its task; the run that follows is as urgent as
	 * the change.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wake(Collection<NodeId> nodes, Run.Trigger trigger, Urgency urgency) {
		if (nodes.isEmpty()) {
			return;
		}
		this.states.raiseGeneration(nodes, trigger);
		Chunk.each(nodes.stream().map(ReconcileTask::instanceOf).sorted().toList(), (some) -> this.jdbc.sql("""
				update scheduled_tasks set
				execution_time = case when picked then execution_time else cast(:now as timestamp with time zone) end,
				priority = case when (picked or execution_time <= :soon) and priority > :priority
				then priority else :priority end
				where task_name = :task and task_instance in (:nodes)""")
			.param("now", JdbcColumns.at(this.clock.instant()))
			// also that of a run that was put off
			.param("soon", JdbcColumns.at(this.clock.instant().plus(Workers.LONGEST_PUT_OFF)))
			.param("priority", urgency.priority())
			.param("task", ReconcileTask.NAME)
			.param("nodes", some)
			.update());
		lookForDueRunsAfterCommit();
	}

	/** Begins to look after a node, for as long as it is there. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void begin(NodeId node) {
		this.states.insert(node, this.clock.instant());
		this.scheduler.ifAvailable((scheduler) -> scheduler.scheduleIfNotExists(
				new TaskInstance<Void>(ReconcileTask.NAME, ReconcileTask.instanceOf(node)), this.clock.instant()));
		lookForDueRunsAfterCommit();
	}

	/** Wakes a node that Latchkey was just let in to. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wakeEnrolled(NodeId node) {
		this.states.noteEnrolled(node);
		this.files.forget(node);
		wake(List.of(node), Run.Trigger.CHANGE, Urgency.ADDITION);
	}

	/** Wakes a node that may be another machine than before. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wakeReplaced(NodeId node) {
		this.files.forget(node);
		wake(List.of(node), Run.Trigger.CHANGE, Urgency.ADDITION);
	}

	/** A run that is under way ends by itself, and finds the node gone. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void end(NodeId node) {
		this.jdbc
			.sql("delete from scheduled_tasks where task_name = :task and task_instance = :node and picked = :picked")
			.param("task", ReconcileTask.NAME)
			.param("node", ReconcileTask.instanceOf(node))
			.param("picked", false)
			.update();
	}

	private void lookForDueRunsAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				WakeUps.this.scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
			}
		});
	}

}
