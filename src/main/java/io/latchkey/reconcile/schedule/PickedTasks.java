package io.latchkey.reconcile.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.latchkey.core.GroupedWork;
import io.latchkey.nodestate.NodeTasks;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's tasks, of which none is taken for dead that this process works on,
 * however late its heartbeat is. Where no other process can be, there are no heartbeats:
 * each would have to wait for its turn to write, and nobody would heed it.
 */
public final class PickedTasks extends JdbcTaskRepository {

	private static final int MOST = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** Workers that became free at the same time are here within that. */
	private static final Duration LINGER = Duration.ofMillis(10);

	private final boolean alone;

	private final Clock clock;

	/** Until when each was being picked; the far future for those that are. */
	private final Map<String, Instant> picks = new ConcurrentHashMap<>();

	private final GroupedWork<Execution, Optional<Execution>> work;

	/** How many that were found due are still to be picked. */
	private final AtomicInteger expected = new AtomicInteger();

	private volatile @Nullable Scheduler scheduler;

	/**
	 * @param dataSource takes part in the transaction at hand
	 * @param alone whether no other process has the database open
	 */
	public PickedTasks(DataSource dataSource, NodeTasks nodeTasks, TaskResolver tasks, SchedulerName name, Clock clock,
			boolean alone) {
		super(dataSource, false, DEFAULT_TABLE_NAME, tasks, name, true, clock);
		this.work = GroupedWork
			.<Execution, Optional<Execution>>of(MOST, PATIENCE, (due) -> nodeTasks.pick(due, name.getName()),
					(one) -> nodeTasks.pick(List.of(one), name.getName()).get(0))
			.lingering(LINGER, () -> this.expected.get() > 0);
		this.alone = alone;
		this.clock = clock;
	}

	@Override
	public List<Execution> getDue(Instant now, int limit) {
		List<Execution> due = super.getDue(now, limit);
		this.expected.set(due.size());
		return due;
	}

	/**
	 * Those of several workers are picked together.
	 * <p>
	 * It is picked in the database before the scheduler knows that it works on it, and on
	 * a slow one that takes its time: the end of it counts as a heartbeat.
	 */
	@Override
	public Optional<Execution> pick(Execution execution, Instant timePicked) {
		String task = execution.taskInstance.getTaskAndInstance();
		this.picks.put(task, Instant.MAX);
		try {
			this.expected.decrementAndGet();
			return this.work.join(execution);
		}
		finally {
			this.picks.put(task, this.clock.now());
		}
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
		this.picks.values().removeIf((until) -> until.isBefore(olderThan));
		Set<String> own = new HashSet<>(this.picks.keySet());
		own.addAll(own());
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
