package io.latchkey.reconcile.schedule;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.event.SchedulerListener;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import io.latchkey.core.ConnectionShare;

/**
 * db-scheduler whose heartbeats and looks at what is due have their share of the
 * connections, and which takes nothing for dead that it works on.
 */
final class NodeScheduler extends Scheduler {

	/** One for the heartbeats, and one for looking for what is dead. */
	private static final int HOUSEKEEPERS = 2;

	NodeScheduler(DbSchedulerProperties properties, Clock clock, SchedulerName name, PickedTasks tasks,
			TaskResolver resolver, ExecutorService workers, List<SchedulerListener> listeners,
			List<OnStartup> startTasks) {
		super(clock, tasks, tasks, resolver, properties.getThreads(), workers, name,
				new Waiter(properties.getPollingInterval(), clock), properties.getHeartbeatInterval(),
				properties.getMissedHeartbeatsLimit(), listeners, List.of(), PollingStrategyConfig.DEFAULT_FETCH,
				properties.getDeleteUnresolvedAfter(), properties.getShutdownMaxWait(),
				properties.getFailureLoggerLevel(), properties.isFailureLoggerLogStackTrace(), startTasks,
				Executors.newSingleThreadExecutor(ConnectionShare.SCHEDULER.threads("db-scheduler-due")),
				Executors.newScheduledThreadPool(HOUSEKEEPERS,
						ConnectionShare.SCHEDULER.threads("db-scheduler-housekeeper")));
		tasks.workedOnBy(this);
	}

}
