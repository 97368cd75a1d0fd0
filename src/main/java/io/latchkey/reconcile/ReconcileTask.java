package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.latchkey.inventory.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tasks that the scheduler runs: one instance per node, and one that forgets old
 * runs.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileTask {

	private static final Logger log = LoggerFactory.getLogger(ReconcileTask.class);

	@Bean
	CustomTask<Void> reconcileNode(Reconciliation reconciliation, NextRun nextRun, Workers workers) {
		FailureHandler<Void> failed = (complete, operations) -> {
			log.error("The run of node {} broke off", complete.getExecution().taskInstance.getId(),
					complete.getCause().orElse(null));
			NodeId node = NodeTasks.nodeOf(complete.getExecution().taskInstance.getId());
			nextRun.settle(node, new RunResult(RunResult.Ending.BROKEN_OFF, null),
					complete.getExecution().consecutiveFailures + 1, NextRun.of(complete, operations));
		};
		return Tasks.custom(NodeTasks.NAME, Void.class)
			.onFailure(failed)
			.onDeadExecutionRevive()
			.execute((instance, context) -> {
				NodeId node = NodeTasks.nodeOf(instance.getId());
				Optional<Workers.Turn> turn = workers.begin(node, context.getExecution().executionTime);
				return turn.isEmpty() ? putOff(workers) : run(node, turn.get(), reconciliation, nextRun);
			});
	}

	private static CompletionHandler<Void> run(NodeId node, Workers.Turn turn, Reconciliation reconciliation,
			NextRun nextRun) {
		try (turn) {
			RunResult result = reconciliation.run(node, turn);
			return (complete, operations) -> nextRun.settle(node, result, 0, NextRun.of(complete, operations));
		}
	}

	/** Neither its priority nor the change that it is to serve is touched. */
	private static CompletionHandler<Void> putOff(Workers workers) {
		return (complete, operations) -> operations.reschedule(complete, workers.nextTry());
	}

	@Bean
	RecurringTask<Void> forgetOldRuns(RunRepository runs, ReconcileProperties properties, Clock clock) {
		return Tasks.recurring("forget-old-runs", FixedDelay.of(Duration.ofHours(1))).execute((instance, context) -> {
			Instant before = clock.instant().minus(properties.keepRuns());
			log.debug("Forgot {} runs from before {}, and {} of nodes with very many", runs.deleteBefore(before),
					before, runs.deleteAllButLatest());
		});
	}

}
