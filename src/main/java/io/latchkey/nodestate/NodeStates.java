package io.latchkey.nodestate;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.NotFoundException;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is known of the nodes: their state, their accounts, their runs.
 */
@Service
@Transactional(readOnly = true)
public class NodeStates {

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final ForeignLineRepository foreignLines;

	private final RunRepository runs;

	private final LeavingNodes leavings;

	private final Clock clock;

	NodeStates(NodeStateRepository states, AccountStateRepository accounts, ForeignLineRepository foreignLines,
			RunRepository runs, LeavingNodes leavings, Clock clock) {
		this.states = states;
		this.accounts = accounts;
		this.foreignLines = foreignLines;
		this.runs = runs;
		this.leavings = leavings;
		this.clock = clock;
	}

	public NodeStatus of(NodeId node) {
		NodeStatus status = of(Set.of(node)).get(node);
		if (status == null) {
			throw new NotFoundException("node", String.valueOf(node.value()));
		}
		return status;
	}

	public Map<NodeId, NodeStatus> of(Collection<NodeId> nodes) {
		Map<NodeId, Instant> leaving = this.leavings.askedAt(nodes);
		return this.states.findAll(nodes)
			.stream()
			.map((row) -> row.toStatus().leaving(leaving.get(row.node())))
			.collect(Collectors.toMap(NodeStatus::node, (status) -> status));
	}

	/** How many nodes are in each state; every state has its number. */
	public Map<NodeState, Long> counts() {
		return this.states.counts();
	}

	/** The ids of the nodes in a state. */
	public List<NodeId> inState(NodeState state) {
		return this.states.inState(state);
	}

	/** As last observed. */
	public List<AccountState> accounts(NodeId node) {
		return this.accounts.of(node);
	}

	/** The same of many, of those that have any. */
	public Map<NodeId, List<AccountState>> accounts(Collection<NodeId> nodes) {
		return this.accounts.of(nodes);
	}

	/**
	 * How many foreign lines that nobody tolerates were seen on each node that has any,
	 * those that are not kept among them.
	 */
	public Map<NodeId, Long> foreignCounts() {
		return this.foreignLines.counts(this.clock.instant());
	}

	/** The enrolled nodes of which not all accounts that could log in are looked at. */
	public Page<UnseenOn> unseen(Pageable page) {
		return this.states.unseen(page);
	}

	/** The keys that nobody granted, those with most lines first. */
	public Page<ForeignKeyCount> foreignKeys(ForeignKeyCount.Which which, Pageable page) {
		return this.foreignLines.keys(which, this.clock.instant(), page);
	}

	/**
	 * The lines with these keys that nobody granted, by key, node and account.
	 * @param most of one key
	 */
	public List<ForeignLine> foreignLines(Collection<Fingerprint> keys, int most) {
		return this.foreignLines.with(keys, most);
	}

	/** Newest first. */
	public Page<Run> runs(NodeId node, Pageable page) {
		return this.runs.of(node, page);
	}

}
