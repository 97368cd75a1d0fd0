package io.latchkey.nodestate;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.latchkey.grants.AccountsOnNodes;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Component;

/**
 * What the nodes have told of their accounts. Only of names that a node tells it is known
 * that they are not there.
 */
@Component
class ToldAccounts implements AccountsOnNodes {

	private static final int MOST_LIKE = 5;

	private final AccountNameRepository names;

	private final Clock clock;

	ToldAccounts(AccountNameRepository names, Clock clock) {
		this.names = names;
		this.clock = clock;
	}

	@Override
	public Set<NodeId> without(String account, Collection<NodeId> nodes) {
		return AccountName.isPlain(account) ? new HashSet<>(this.names.without(account, nodes, this.clock.instant()))
				: Set.of();
	}

	@Override
	public List<String> namesLike(String account, NodeId node) {
		record Like(String name, int distance) {
		}
		return this.names.on(node)
			.stream()
			.map((name) -> new Like(name, Likeness.distance(account, name)))
			.filter((like) -> like.distance() <= Math.max(1, account.length() / 3))
			.sorted(Comparator.comparingInt(Like::distance).thenComparing(Like::name))
			.map(Like::name)
			.limit(MOST_LIKE)
			.toList();
	}

}
