package io.latchkey.reconcile.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.event.SchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import com.github.kagkarlsson.scheduler.stats.StatsRegistryAdapter;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.reconcile.ReconcileProperties;
import io.latchkey.runs.Waves;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The scheduler, and the {@link Workers} with which it runs what is due. */
@Configuration(proxyBeanMethods = false)
class WorkersConfiguration {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@Bean
	Workers workers(@Value("${db-scheduler.threads}") int threads, ReconcileProperties properties,
			ObjectProvider<Scheduler> schedulers, Waves waves, Clock clock) {
		return new Workers(threads, properties.standIns(), PATIENCE,
				() -> schedulers.ifAvailable(Scheduler::triggerCheckForDueExecutions), waves, clock);
	}

	@Bean(destroyMethod = "stop")
	@DependsOnDatabaseInitialization
	@ConditionalOnProperty(name = "db-scheduler.enabled", matchIfMissing = true)
	Scheduler scheduler(DbSchedulerProperties properties, DataSource dataSource, JdbcConnectionDetails database,
			com.github.kagkarlsson.scheduler.Clock clock, List<Task<?>> tasks, NodeTasks nodeTasks, Workers workers,
			ObjectProvider<StatsRegistry> stats, ObjectProvider<SchedulerListener> others) {
		List<SchedulerListener> listeners = Stream
			.concat(stats.stream().map(StatsRegistryAdapter::new), others.orderedStream())
			.toList();
		SchedulerName name = (properties.getSchedulerName() != null)
				? new SchedulerName.Fixed(properties.getSchedulerName()) : new SchedulerName.Hostname();
		TaskResolver resolver = new TaskResolver(new SchedulerListeners(listeners), clock, tasks);
		PickedTasks picked = new PickedTasks(new TransactionAwareDataSourceProxy(dataSource), nodeTasks, resolver, name,
				clock, SchedulerStart.isOpenToOneProcess(database.getJdbcUrl()));
		return new NodeScheduler(properties, clock, name, picked, resolver, workers.executor(), listeners,
				tasks.stream().filter(OnStartup.class::isInstance).map(OnStartup.class::cast).toList());
	}

}
