package io.latchkey.api.status;

import java.util.Map;

import io.latchkey.reconcile.NodeState;

record StatusAnswer(NodesAnswer nodes, GrantsAnswer grants, RequestsAnswer requests) {

	/**
	 * How many nodes are in each state.
	 */
	record NodesAnswer(long total, long pendingEnrolment, long inSync, long drifted, long converging, long unreachable,
			long refused, long failed) {

		static NodesAnswer of(Map<NodeState, Long> counts) {
			return new NodesAnswer(counts.values().stream().mapToLong(Long::longValue).sum(),
					of(counts, NodeState.PENDING_ENROLMENT), of(counts, NodeState.IN_SYNC),
					of(counts, NodeState.DRIFTED), of(counts, NodeState.CONVERGING), of(counts, NodeState.UNREACHABLE),
					of(counts, NodeState.REFUSED), of(counts, NodeState.FAILED));
		}

		private static long of(Map<NodeState, Long> counts, NodeState state) {
			return counts.getOrDefault(state, 0L);
		}

	}

	/**
	 * How many grants need a look.
	 *
	 * @param overdueRemovals keys that should be gone and are not known to be gone
	 */
	record GrantsAnswer(long active, long endingWithin24h, long overdueRemovals) {

	}

	/**
	 * How many requests wait for a decision. There is no way yet to make one.
	 */
	record RequestsAnswer(long pending) {

	}

}
