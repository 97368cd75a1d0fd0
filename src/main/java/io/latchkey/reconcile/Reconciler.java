package io.latchkey.reconcile;

import io.latchkey.inventory.NodeId;

/**
 * Asks for nodes to be checked and converged.
 */
public class Reconciler {

	/**
	 * Checks and converges the node as soon as a worker is free; commits with the calling
	 * transaction, if any.
	 */
	public void checkNow(NodeId node) {
		throw new UnsupportedOperationException();
	}

}
