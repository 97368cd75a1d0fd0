package io.latchkey.reconcile.schedule;

import java.util.Locale;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import io.latchkey.nodestate.NodeTasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Starts the scheduler, once everything is there that its tasks need.
 * <p>
 * An embedded database is open to one process alone: a task that is picked when this one
 * starts was picked by one that died, and is free again at once. Where instances share a
 * database it may be another's that works on it; there the missed heartbeats tell.
 */
@Component
class SchedulerStart implements DbSchedulerStarter, SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(SchedulerStart.class);

	private final ObjectProvider<Scheduler> scheduler;

	private final NodeTasks tasks;

	private final String databaseUrl;

	SchedulerStart(ObjectProvider<Scheduler> scheduler, NodeTasks tasks, JdbcConnectionDetails database) {
		this.scheduler = scheduler;
		this.tasks = tasks;
		this.databaseUrl = database.getJdbcUrl();
	}

	@Override
	public void afterSingletonsInstantiated() {
		doStart();
	}

	@Override
	public void doStart() {
		if (isOpenToOneProcess(this.databaseUrl)) {
			int freed = this.tasks.freeAllPicked();
			if (freed > 0) {
				log.info("The process before this one died during {} runs; they begin anew", freed);
			}
		}
		this.scheduler.ifAvailable(Scheduler::start);
	}

	/**
	 * Whether it is H2 within this process; {@code AUTO_SERVER} lets others in.
	 */
	static boolean isOpenToOneProcess(String url) {
		String lower = url.toLowerCase(Locale.ROOT);
		return lower.startsWith("jdbc:h2:") && !lower.startsWith("jdbc:h2:tcp:") && !lower.startsWith("jdbc:h2:ssl:")
				&& !lower.contains(";auto_server=true");
	}

}
