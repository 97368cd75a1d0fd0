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

	private int inPlace;

	private int pending;

	private int unreachable;

	private int failed;

	private DeliveryTally() {
	}

	/**
	 * @param otherWays what else lets in, by node
	 */
	static Delivery of(List<Row> rows, Map<NodeId, List<OtherWay>> otherWays) {
		DeliveryTally tally = new DeliveryTally();
		List<Delivery.Entry> open = new ArrayList<>();
		List<Delivery.Entry> done = new ArrayList<>();
		for (Row row : rows) {
			Delivery.Entry entry = entry(row, otherWays.getOrDefault(row.node(), List.of()));
			tally.count(entry);
			(isDone(entry.state()) ? done : open).add(entry);
		}
		open.addAll(done);
		return new Delivery(tally.inPlace, tally.pending, tally.unreachable, tally.failed, List.copyOf(open));
	}

	private static Delivery.Entry entry(Row row, List<OtherWay> otherWays) {
		Delivery.State state = shown(row);
		NodeStatus node = row.nodeState().toStatus();
		boolean keepsDetail = isDone(state) || row.detail() != null;
		return new Delivery.Entry(row.nodeName(), row.account(), state, node.state(),
				keepsDetail ? row.detail() : row.nodeState().remarks().detail(),
				row.keyless() && state == Delivery.State.PENDING, row.at(), otherWays, node.asOf());
	}

	private static boolean isDone(Delivery.State state) {
		return state == Delivery.State.IN_PLACE || state == Delivery.State.REMOVED;
	}

	private void count(Delivery.Entry entry) {
		switch (entry.state()) {
			case IN_PLACE -> this.inPlace++;
			case FAILED -> this.failed++;
			case PENDING, STILL_PRESENT -> countOpen(entry.nodeState());
			case REMOVED -> {
			}
		}
	}

	private void countOpen(NodeState node) {
		switch (node) {
			case UNREACHABLE, REFUSED -> this.unreachable++;
			case FAILED -> this.failed++;
			default -> this.pending++;
		}
	}

	/** A grant whose end has passed is on the node until a run has seen it gone. */
	private static Delivery.State shown(Row row) {
		return (row.hasEnded() && row.state() == Delivery.State.IN_PLACE) ? Delivery.State.STILL_PRESENT : row.state();
	}

}
