package io.latchkey.foreignkeys;

import java.time.Clock;
import java.util.List;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What {@code EXCLUSIVE} took off, and the way back: a restored line stands on its
 * account again, byte for byte, and is kept there whatever the mode until it is let go.
 */
@Service
@Transactional
public class RemovedLines {

	private final RemovedLineRepository lines;

	private final Nodes nodes;

	private final WakeUps wakeUps;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	RemovedLines(RemovedLineRepository lines, Nodes nodes, WakeUps wakeUps, CurrentActor actor,
			ApplicationEventPublisher events, Clock clock) {
		this.lines = lines;
		this.nodes = nodes;
		this.wakeUps = wakeUps;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Those of a node, newest first, without the blank ones.
	 * @param query a part of the line or of the fingerprint, or null for all
	 */
	@Transactional(readOnly = true)
	public Page<RemovedLine> list(NodeId node, @Nullable String query, Pageable page) {
		return this.lines.list(node, query, page);
	}

	/**
	 * Keeps the line on its account again; the node is woken in the same transaction.
	 * When it is kept already, nothing happens.
	 * @throws NotFoundException when there is no such node, or no such line on it
	 */
	public RemovedLine restore(String node, long id) {
		NodeId nodeId = this.nodes.idOf(node);
		RemovedLine line = find(nodeId, id);
		this.wakeUps.hold(List.of(nodeId));
		if (this.lines.noteRestored(id, this.actor.get().name(), this.clock.instant())) {
			this.events.publishEvent(new LineRestored(node, line.brief()));
			this.wakeUps.wake(List.of(nodeId), Run.Trigger.CHANGE, Urgency.ADDITION);
		}
		return find(nodeId, id);
	}

	/**
	 * Keeps the line no longer: it is a foreign line as any other from then on, which
	 * {@code EXCLUSIVE} takes off. When it is not kept, nothing happens.
	 * @throws NotFoundException when there is no such node, or no such line on it
	 */
	public RemovedLine letGo(String node, long id) {
		NodeId nodeId = this.nodes.idOf(node);
		RemovedLine line = find(nodeId, id);
		this.wakeUps.hold(List.of(nodeId));
		if (this.lines.noteLetGo(id)) {
			this.events.publishEvent(new LineLetGo(node, line.brief()));
			this.wakeUps.wake(List.of(nodeId), Run.Trigger.CHANGE, Urgency.REMOVAL);
		}
		return find(nodeId, id);
	}

	private RemovedLine find(NodeId node, long id) {
		return this.lines.find(node, id).orElseThrow(() -> new NotFoundException("removed line", String.valueOf(id)));
	}

}
