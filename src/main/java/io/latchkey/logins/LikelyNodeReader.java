package io.latchkey.logins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.grants.GrantId;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.PlacedLineRepository;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * On which nodes somebody may have a session: those that let them in, or are known to
 * have done. A session outlives its grant and its line.
 */
@Component
@Transactional(readOnly = true)
class LikelyNodeReader {

	private static final int MOST_FOREIGN_LINES = 500;

	private final Grants grants;

	private final ReachedNodes reached;

	private final Nodes nodes;

	private final PlacedLineRepository placedLines;

	private final NodeStates states;

	private final Logins logins;

	LikelyNodeReader(Grants grants, ReachedNodes reached, Nodes nodes, PlacedLineRepository placedLines,
			NodeStates states, Logins logins) {
		this.grants = grants;
		this.reached = reached;
		this.nodes = nodes;
		this.placedLines = placedLines;
		this.states = states;
		this.logins = logins;
	}

	/** Of an identity, those first where its keys let in last. */
	Chosen of(Identity identity, int most) {
		Set<NodeId> ids = new HashSet<>(this.placedLines.accountsOf(identity.name()).keySet());
		ids.addAll(this.reached.of(this.grants.unendedOf(identity.id())));
		this.states.foreignLines(identity.fingerprints(), MOST_FOREIGN_LINES).forEach((line) -> ids.add(line.node()));
		return chosen(this.logins.usesOf(identity.fingerprints()), ids, most);
	}

	/** By a grant, those first where it let in last. */
	Chosen by(GrantId grant, int most) {
		return chosen(this.logins.usesOfGrant(grant.value()), this.reached.of(this.grants.reachOf(grant)), most);
	}

	private Chosen chosen(List<KeyUse> uses, Collection<NodeId> ids, int most) {
		Set<String> names = uses.stream().map(KeyUse::node).collect(Collectors.toCollection(LinkedHashSet::new));
		this.nodes.namesOf(ids).values().stream().sorted().forEach(names::add);
		List<String> order = new ArrayList<>(names);
		List<String> first = order.subList(0, Math.min(most, order.size()));
		List<Node> known = this.nodes.named(first)
			.stream()
			.filter(OpenSessions::canBeAsked)
			.sorted(Comparator.comparing((node) -> order.indexOf(node.name())))
			.toList();
		return new Chosen(known, order.size() - first.size());
	}

	/**
	 * Those to be asked.
	 *
	 * @param more how many there are beside them
	 */
	record Chosen(List<Node> nodes, int more) {

	}

}
