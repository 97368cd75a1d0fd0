package io.latchkey.reconcile.schedule;

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
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.reconcile.ReconcileProperties;
import io.latchkey.reconcile.record.BrokenRuns;
import io.latchkey.reconcile.record.EndedRun;
import io.latchkey.reconcile.record.RunRecorder;
import io.latchkey.reconcile.record.RunResult;
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
	CustomTask<Void> reconcileNode(Reconciliation reconciliation, RunRecorder recorder, NodeTasks tasks,
			Workers workers, Clock clock) {
		FailureHandler<Void> failed = (complete, operations) -> {
			log.error("The run of node {} broke off", complete.getExecution().taskInstance.getId(),
					complete.getCause().orElse(null));
			NodeTasks.Picked task = NodeTasks.Picked.of(complete.getExecution());
			recorder.record(new EndedRun(task, new BrokenRuns.Begun(task.node(), clock.instant(), clock.instant()),
					null, new RunResult(RunResult.Ending.BROKEN_OFF, null), task.failures() + 1));
		};
		return Tasks.custom(NodeTasks.NAME, Void.class)
			.onFailure(failed)
			.onDeadExecutionRevive()
			.execute((instance, context) -> {
				tasks.noteBegin();
				NodeTasks.Picked task = NodeTasks.Picked.of(context.getExecution());
				Optional<Workers.Turn> turn = workers.begin(task.node(), context.getExecution().executionTime);
				return turn.isEmpty() ? putOff(workers) : run(task, turn.get(), reconciliation);
			});
	}

	private static CompletionHandler<Void> run(NodeTasks.Picked task, Workers.Turn turn,
			Reconciliation reconciliation) {
		try (turn) {
			EndedRun run = reconciliation.run(task, turn);
			return (complete, operations) -> reconciliation.record(run);
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
