package io.latchkey.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.delivery.DeliveryRepository.Row;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;

/** Sums up how far one grant has come. What is not done comes first. */
final class DeliveryTally {

	private DeliveryTally() {
	}

	/**
	 * @param otherWays what else lets in, by node
	 */
	static Delivery of(List<Row> rows, Map<NodeId, List<OtherWay>> otherWays) {
		int inPlace = 0;
		int pending = 0;
		int unreachable = 0;
		int failed = 0;
		List<Delivery.Entry> open = new ArrayList<>();
		List<Delivery.Entry> done = new ArrayList<>();
		for (Row row : rows) {
			Delivery.State state = shown(row);
			NodeStatus node = row.nodeState().toStatus();
			NodeState nodeState = node.state();
			String detail = (row.detail() != null) ? row.detail() : row.nodeState().detail();
			switch (state) {
				case IN_PLACE -> inPlace++;
				case FAILED -> failed++;
				case PENDING, STILL_PRESENT -> {
					if (nodeState == NodeState.UNREACHABLE || nodeState == NodeState.REFUSED) {
						unreachable++;
					}
					else if (nodeState == NodeState.FAILED) {
						failed++;
					}
					else {
						pending++;
					}
				}
				case REMOVED -> {
				}
			}
			boolean isDone = state == Delivery.State.IN_PLACE || state == Delivery.State.REMOVED;
			(isDone ? done : open).add(new Delivery.Entry(row.nodeName(), row.account(), state, nodeState,
					isDone ? row.detail() : detail, row.keyless() && state == Delivery.State.PENDING, row.at(),
					otherWays.getOrDefault(row.node(), List.of()), node.asOf()));
		}
		open.addAll(done);
		return new Delivery(inPlace, pending, unreachable, failed, List.copyOf(open));
	}

	/** A grant whose end has passed is on the node until a run has seen it gone. */
	private static Delivery.State shown(Row row) {
		return (row.hasEnded() && row.state() == Delivery.State.IN_PLACE) ? Delivery.State.STILL_PRESENT : row.state();
	}

}
