package io.latchkey.reconcile;

import io.latchkey.inventory.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * What is known of the nodes: their state, their accounts, their runs.
 */
public class NodeStates {

	public NodeStatus of(NodeId node) {
		throw new UnsupportedOperationException();
	}

	public Map<NodeId, NodeStatus> of(Collection<NodeId> nodes) {
		throw new UnsupportedOperationException();
	}

	/**
	 * How many nodes are in each state; every state has its number.
	 */
	public Map<NodeState, Long> counts() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The ids of the nodes in a state.
	 */
	public List<NodeId> inState(NodeState state) {
		throw new UnsupportedOperationException();
	}

	/**
	 * As last observed.
	 */
	public List<AccountState> accounts(NodeId node) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Newest first.
	 */
	public Page<Run> runs(NodeId node, Pageable page) {
		throw new UnsupportedOperationException();
	}

}
