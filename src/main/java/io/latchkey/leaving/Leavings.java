package io.latchkey.leaving;

import java.time.Clock;
import java.util.Set;

import io.latchkey.inventory.JumpNodeInUseException;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets nodes leave: what Latchkey put there is taken off, the line that lets Latchkey
 * itself in last, and then the record goes. A node that is away leaves when it is back.
 */
@Service
@Transactional
public class Leavings {

	private final LeavingRepository leavings;

	private final Nodes nodes;

	private final WakeUps wakeUps;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Leavings(LeavingRepository leavings, Nodes nodes, WakeUps wakeUps, ApplicationEventPublisher events, Clock clock) {
		this.leavings = leavings;
		this.nodes = nodes;
		this.wakeUps = wakeUps;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Begins it, or tries again at once where it has begun. A node that never let
	 * Latchkey in is deleted: there is nothing of Latchkey's.
	 * @throws JumpNodeInUseException when others are reached through it
	 */
	public void leave(String name) {
		if (this.nodes.hold(name).isEmpty()) {
			return;
		}
		this.nodes.requireNoneBehind(name);
		Node node = this.nodes.get(name);
		if (!node.enrolled()) {
			this.nodes.delete(name);
			return;
		}
		this.wakeUps.hold(Set.of(node.id()));
		if (this.leavings.find(node.id()).isEmpty()) {
			this.leavings.add(node.id(), this.clock.instant());
			this.events.publishEvent(new NodeLeaves(name));
		}
		this.wakeUps.wake(Set.of(node.id()), Run.Trigger.CHANGE, Urgency.REMOVAL);
	}

	/**
	 * Keeps a node that was to leave; what was taken off it comes back. When it was not
	 * to leave, nothing happens.
	 */
	public void stay(String name) {
		if (this.nodes.hold(name).isEmpty()) {
			return;
		}
		NodeId node = this.nodes.idOf(name);
		this.wakeUps.hold(Set.of(node));
		if (this.leavings.remove(node)) {
			this.events.publishEvent(new NodeStays(name));
			this.wakeUps.wake(Set.of(node), Run.Trigger.CHANGE, Urgency.ADDITION);
		}
	}

	/** Deletes a node that was cleaned, unless somebody has kept it meanwhile. */
	void finish(Node node) {
		if (this.nodes.hold(node.name()).isPresent() && this.leavings.find(node.id()).isPresent()) {
			this.nodes.delete(node.name());
		}
	}

}
