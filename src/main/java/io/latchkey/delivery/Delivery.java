package io.latchkey.delivery;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.latchkey.nodestate.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * How far a grant has come on the nodes that it reaches or reached.
 *
 * @param unreachable how many are not delivered because the node cannot be reached
 */
public record Delivery(int inPlace, int pending, int unreachable, int failed, List<Entry> nodes) {

	/** A grant that reaches no node. */
	public static final Delivery NONE = new Delivery(0, 0, 0, 0, List.of());

	/** On how many nodes something else lets in, once the grant has ended. */
	public long countStillLetIn() {
		return this.nodes.stream().filter((entry) -> !entry.otherWays().isEmpty()).count();
	}

	/** The same, with other details. */
	Delivery withDetails(Function<Entry, @Nullable String> detail) {
		return new Delivery(this.inPlace, this.pending, this.unreachable, this.failed,
				this.nodes.stream()
					.map((entry) -> new Entry(entry.node(), entry.account(), entry.state(), entry.nodeState(),
							detail.apply(entry), entry.keyless(), entry.at(), entry.otherWays(), entry.asOf()))
					.toList());
	}

	/**
	 * One account on one node.
	 *
	 * @param node the node's name
	 * @param nodeState the node's state, which says why it is pending
	 * @param keyless whether it is pending only because there is no key to put there
	 * @param at since when
	 * @param otherWays what lets in whom the grant was for all the same, once it has
	 * ended; at most the first twenty
	 * @param asOf when it was seen, where later runs could not look at the node; null
	 * when the last one has
	 */
	public record Entry(String node, String account, State state, NodeState nodeState, @Nullable String detail,
			boolean keyless, Instant at, List<OtherWay> otherWays, @Nullable Instant asOf) {

		/** Whether it was in place when the node was looked at last, which is past. */
		public boolean wasInPlace() {
			return this.state == State.IN_PLACE && this.asOf != null;
		}

		/** Whether nothing is left of the grant, and nothing else lets in. */
		public boolean isGone() {
			return this.state == State.REMOVED && this.otherWays.isEmpty();
		}

	}

	/** How far it has come there. */
	public enum State {

		PENDING, IN_PLACE, REMOVED, STILL_PRESENT, FAILED

	}

}
