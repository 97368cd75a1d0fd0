package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the scheduler run what is due with {@link Workers}. */
@Configuration(proxyBeanMethods = false)
class WorkersConfiguration {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@Bean
	Workers workers(@Value("${db-scheduler.threads}") int threads, ReconcileProperties properties,
			ObjectProvider<Scheduler> schedulers, Clock clock) {
		return new Workers(threads, properties.standIns(), PATIENCE,
				() -> schedulers.ifAvailable(Scheduler::triggerCheckForDueExecutions), clock);
	}

	@Bean
	DbSchedulerCustomizer workForTheScheduler(Workers workers) {
		return new DbSchedulerCustomizer() {
			@Override
			public Optional<ExecutorService> executorService() {
				return Optional.of(workers.executor());
			}
		};
	}

}
