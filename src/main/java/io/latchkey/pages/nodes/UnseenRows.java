package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.nodestate.UnseenOn;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** The nodes of which not all accounts are looked at, for a page; two queries. */
@Component
class UnseenRows {

	private static final int FIRST = 10;

	private final NodeStates states;

	private final Nodes nodes;

	UnseenRows(NodeStates states, Nodes nodes) {
		this.states = states;
		this.nodes = nodes;
	}

	Rows first() {
		Page<UnseenOn> unseen = this.states.unseen(PageRequest.of(0, FIRST));
		Map<NodeId, String> names = this.nodes.all(unseen.map(UnseenOn::node).getContent())
			.stream()
			.collect(Collectors.toMap(Node::id, Node::name));
		return new Rows(unseen.stream()
			.filter((each) -> names.containsKey(each.node()))
			.map((each) -> new Row(names.getOrDefault(each.node(), ""), each.accounts()))
			.toList(), unseen.getTotalElements());
	}

	/**
	 * The first nodes, and how many there are.
	 */
	record Rows(List<Row> nodes, long total) {

		public boolean isEmpty() {
			return this.total == 0;
		}

	}

	/**
	 * One of them.
	 */
	record Row(String name, UnseenAccounts accounts) {

	}

}
