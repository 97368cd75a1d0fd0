package io.latchkey.api.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.nodestate.NodeState;
import org.jspecify.annotations.Nullable;

record StatusAnswer(OverdueAnswer overdueRemovals, NodesAnswer nodes, GrantsAnswer grants, RequestsAnswer requests) {

	/**
	 * The keys that should be gone and are not known to be gone, before all else.
	 *
	 * @param since since when the oldest of them should be gone; null when there is none
	 * @param oldest the first of them, the oldest first
	 */
	record OverdueAnswer(int count, @Nullable Instant since, List<OverdueKeyAnswer> oldest) {

		private static final int MOST = 20;

		static OverdueAnswer of(List<OverdueRemoval> removals) {
			return new OverdueAnswer(removals.size(), removals.isEmpty() ? null : removals.get(0).since(),
					removals.stream().limit(MOST).map(OverdueKeyAnswer::of).toList());
		}

	}

	/**
	 * One of those keys.
	 *
	 * @param endsByItself whether sshd refuses it by itself from its end on
	 * @param detail why it is not gone, when that is known
	 */
	record OverdueKeyAnswer(long grantId, String subject, String node, String account, Instant since,
			boolean endsByItself, @Nullable String detail) {

		static OverdueKeyAnswer of(OverdueRemoval removal) {
			return new OverdueKeyAnswer(removal.grant().value(), removal.subject(), removal.node(), removal.account(),
					removal.since(), removal.endsByItself(), removal.detail());
		}

	}

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
