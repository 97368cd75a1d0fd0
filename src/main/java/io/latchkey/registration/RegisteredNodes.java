package io.latchkey.registration;

import java.time.Clock;
import java.util.Locale;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.inventory.NodeId;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets Latchkey log in to nodes that registered themselves, soon after.
 */
@Component
class RegisteredNodes {

	private final ObjectProvider<Scheduler> scheduler;

	private final Clock clock;

	RegisteredNodes(ObjectProvider<Scheduler> scheduler, Clock clock) {
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/** Begins when the transaction at hand is committed. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void enrol(NodeId node) {
		String instance = String.format(Locale.ROOT, "%d", node.value());
		this.scheduler.ifAvailable((scheduler) -> scheduler
			.scheduleIfNotExists(new TaskInstance<Void>(RegisteredNodeTask.NAME, instance), this.clock.instant()));
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				RegisteredNodes.this.scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
			}

		});
	}

}
