package io.latchkey.nodestate;

import java.util.Collection;
import java.util.Set;

import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks for nodes to be checked and converged.
 */
@Service
public class Reconciler {

	private final WakeUps wakeUps;

	Reconciler(WakeUps wakeUps) {
		this.wakeUps = wakeUps;
	}

	/**
	 * Checks and converges the node as soon as a worker is free; commits with the calling
	 * transaction, if any.
	 */
	@Transactional
	public void checkNow(NodeId node) {
		checkNow(Set.of(node));
	}

	/** The same for all of these. */
	@Transactional
	public void checkNow(Collection<NodeId> nodes) {
		this.wakeUps.wake(nodes, Run.Trigger.MANUAL, Urgency.ADDITION);
	}

}
