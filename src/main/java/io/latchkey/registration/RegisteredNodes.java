package io.latchkey.registration;

import java.time.Clock;
import java.util.Locale;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;

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

	private final Nodes nodes;

	private final Clusters clusters;

	private final HostKeyPins pins;

	private final Clock clock;

	RegisteredNodes(ObjectProvider<Scheduler> scheduler, Nodes nodes, Clusters clusters, HostKeyPins pins,
			Clock clock) {
		this.scheduler = scheduler;
		this.nodes = nodes;
		this.clusters = clusters;
		this.pins = pins;
		this.clock = clock;
	}

	/**
	 * Makes it a node of which the host keys are known, and begins to let Latchkey in.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Node add(EnrolmentToken token, Registration registration) {
		Node node = this.nodes.create(RegistrationJudge.draft(token, registration.said().name(),
				registration.said().address(), registration.said().port()));
		this.pins.pin(node.id(), registration.said().hostKeys());
		token.joining().clusters().forEach((cluster) -> this.clusters.addNode(cluster, node.name()));
		enrol(node.id());
		return node;
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
