package io.latchkey.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.task.Execution;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's tasks, of which none is taken for dead that this process works on,
 * however late its heartbeat is. Where no other process can be, there are no heartbeats:
 * each would have to wait for its turn to write, and nobody would heed it.
 */
final class PickedTasks extends JdbcTaskRepository {

	private final boolean alone;

	private volatile @Nullable Scheduler scheduler;

	/**
	 * @param dataSource takes part in the transaction at hand
	 * @param alone whether no other process has the database open
	 */
	PickedTasks(DataSource dataSource, TaskResolver tasks, SchedulerName name, Clock clock, boolean alone) {
		super(dataSource, false, DEFAULT_TABLE_NAME, tasks, name, true, clock);
		this.alone = alone;
	}

	/** Who works on them. */
	void workedOnBy(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public boolean updateHeartbeatWithRetry(Execution execution, Instant newHeartbeat, int tries) {
		return this.alone || super.updateHeartbeatWithRetry(execution, newHeartbeat, tries);
	}

	/** One that ends while it is asked for was picked, and is worked on no more. */
	@Override
	public List<Execution> getDeadExecutions(Instant olderThan) {
		Set<String> own = new HashSet<>(own());
		List<Execution> dead = super.getDeadExecutions(olderThan);
		own.addAll(own());
		return dead.stream().filter((execution) -> !own.contains(execution.taskInstance.getTaskAndInstance())).toList();
	}

	private Set<String> own() {
		Scheduler works = this.scheduler;
		return (works == null) ? Set.of()
				: works.getCurrentlyExecuting()
					.stream()
					.map((execution) -> execution.getTaskInstance().getTaskAndInstance())
					.collect(Collectors.toSet());
	}

}
