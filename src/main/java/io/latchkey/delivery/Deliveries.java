package io.latchkey.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.NoTransaction;
import io.latchkey.delivery.DeliveryRepository.Row;
import io.latchkey.grants.GrantId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.SettledSignal;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far grants have come on their nodes.
 */
@Service
public class Deliveries {

	private final DeliveryRepository deliveries;

	private final SessionEndingRepository sessionEndings;

	private final SessionNotes sessions;

	private final NodeStateRepository nodeStates;

	private final OtherWays otherWays;

	private final SettledSignal settled;

	private final Clock clock;

	Deliveries(DeliveryRepository deliveries, SessionEndingRepository sessionEndings, SessionNotes sessions,
			NodeStateRepository nodeStates, OtherWays otherWays, SettledSignal settled, Clock clock) {
		this.deliveries = deliveries;
		this.sessionEndings = sessionEndings;
		this.sessions = sessions;
		this.nodeStates = nodeStates;
		this.otherWays = otherWays;
		this.settled = settled;
		this.clock = clock;
	}

	@Transactional(readOnly = true)
	public Delivery of(GrantId grant) {
		return of(Set.of(grant)).getOrDefault(grant, Delivery.NONE);
	}

	/**
	 * Those of these grants that reach or reached a node, in a fixed number of queries.
	 */
	@Transactional(readOnly = true)
	public Map<GrantId, Delivery> of(Collection<GrantId> grants) {
		Map<GrantId, List<Row>> rows = new HashMap<>();
		this.deliveries.of(grants, this.clock.instant())
			.forEach((row) -> rows.computeIfAbsent(row.grant(), (grant) -> new ArrayList<>()).add(row));
		Map<GrantId, List<SessionEndingRepository.Row>> endings = this.sessionEndings.of(grants)
			.stream()
			.collect(Collectors.groupingBy(SessionEndingRepository.Row::grant));
		OtherWays.Left left = this.otherWays.besideEnded(ended(rows.values()));
		Map<GrantId, Delivery> deliveriesOf = new HashMap<>();
		rows.forEach((grant, of) -> deliveriesOf.put(grant,
				this.sessions.addTo(
						DeliveryTally.of(of.stream().map((row) -> shown(row, left)).toList(), left.waysBeside(grant)),
						endings.getOrDefault(grant, List.of()))));
		return deliveriesOf;
	}

	/**
	 * A grant whose own lines went while another let in all the same is not gone before
	 * the lines of that one are.
	 */
	private static Row shown(Row row, OtherWays.Left left) {
		boolean isLineLeft = row.hasEnded() && row.state() == Delivery.State.REMOVED
				&& left.isLineLeft(row.grant(), row.node());
		return isLineLeft ? row.as(row.account(), Delivery.State.STILL_PRESENT) : row;
	}

	private static Map<GrantId, Set<NodeId>> ended(Collection<List<Row>> rows) {
		return rows.stream()
			.flatMap(List::stream)
			.filter(Row::hasEnded)
			.collect(Collectors.groupingBy(Row::grant, Collectors.mapping(Row::node, Collectors.toSet())));
	}

	/** Keys that should be gone and are not known to be, oldest first. */
	@Transactional(readOnly = true)
	public List<OverdueRemoval> overdueRemovals() {
		return this.deliveries.overdueRemovals();
	}

	@Transactional(readOnly = true)
	public long countOverdueRemovals() {
		return this.deliveries.countOverdueRemovals();
	}

	/**
	 * Grants that have not ended and failed on nodes on which all else is well, oldest
	 * first.
	 */
	@Transactional(readOnly = true)
	public List<FailedDelivery> failedOnWellNodes(int most) {
		return this.deliveries.failedOnWellNodes(this.clock.instant(), most);
	}

	@Transactional(readOnly = true)
	public long countFailedOnWellNodes() {
		return this.deliveries.countFailedOnWellNodes(this.clock.instant());
	}

	/**
	 * Returns once every node that the grant reaches or reached is converged, failed or
	 * unreachable, or the time is up. Holds neither a transaction nor a connection to the
	 * database meanwhile, and must not be called in a transaction.
	 */
	public void awaitSettled(GrantId grant, Duration atMost) {
		awaitSettled(this.deliveries.nodesOf(grant), atMost);
	}

	/** The same for every node that anything has woken until now. */
	public void awaitAllSettled(Duration atMost) {
		awaitSettled(this.nodeStates.unsettled(), atMost);
	}

	/** The same for these nodes. */
	public void awaitSettled(Collection<NodeId> nodes, Duration atMost) {
		NoTransaction.require();
		this.settled.await(() -> this.nodeStates.unsettledAmong(nodes), atMost);
	}

}
