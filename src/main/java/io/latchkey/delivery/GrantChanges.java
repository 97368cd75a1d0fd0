package io.latchkey.delivery;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

import io.latchkey.grants.GrantEndChanged;
import io.latchkey.grants.GrantIssued;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantRevoked;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sends what becomes of a grant on its way to the nodes that it reaches and reached, in
 * the transaction of the change.
 */
@Component
public class GrantChanges {

	private final ReachedNodes reached;

	private final DeliveryRepository deliveries;

	private final WakeUps wakeUps;

	private final Clock clock;

	GrantChanges(ReachedNodes reached, DeliveryRepository deliveries, WakeUps wakeUps, Clock clock) {
		this.reached = reached;
		this.deliveries = deliveries;
		this.wakeUps = wakeUps;
		this.clock = clock;
	}

	@EventListener
	void on(GrantIssued event) {
		deliver(event.reach(), Delivery.State.PENDING, Urgency.ADDITION);
	}

	@EventListener
	void on(GrantEndChanged event) {
		deliver(event.reach(), Delivery.State.PENDING, Urgency.REMOVAL);
	}

	@EventListener
	void on(GrantRevoked event) {
		deliver(event.reach(), Delivery.State.STILL_PRESENT, Urgency.REMOVAL);
	}

	private void deliver(GrantReach reach, Delivery.State state, Urgency urgency) {
		Set<NodeId> nodes = new HashSet<>(this.reached.of(reach));
		nodes.addAll(this.deliveries.nodesOf(reach.id()));
		// Locks the nodes first, as the end of a run does: the other way round is a
		// deadlock.
		this.wakeUps.wake(nodes, Run.Trigger.CHANGE, urgency);
		this.deliveries.setAll(reach.id(), reach.account(), nodes, state, this.clock.instant());
	}

}
