package io.latchkey.reconcile;

import io.latchkey.grants.GrantId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How far grants have come on their nodes.
 */
public class Deliveries {

	public Delivery of(GrantId grant) {
		throw new UnsupportedOperationException();
	}

	public Map<GrantId, Delivery> of(Collection<GrantId> grants) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Keys that should be gone and are not known to be, oldest first.
	 */
	public List<OverdueRemoval> overdueRemovals() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns once every node that a change has woken is converged, failed or
	 * unreachable, or the time is up. Holds no transaction.
	 */
	public void awaitSettled(GrantId grant, Duration atMost) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The same for every node that was woken by anything until now.
	 */
	public void awaitAllSettled(Duration atMost) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The same for these nodes.
	 */
	public void awaitSettled(Collection<io.latchkey.inventory.NodeId> nodes, Duration atMost) {
		throw new UnsupportedOperationException();
	}

}
