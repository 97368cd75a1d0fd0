package io.latchkey.grants;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.latchkey.inventory.NodeId;

/** What the nodes have said of the accounts that they have. */
public interface AccountsOnNodes {

	/** Those of these nodes on which the account is known not to be there. */
	Set<NodeId> without(String account, Collection<NodeId> nodes);

	/** Accounts of the node with a name like that, at most five, the nearest first. */
	List<String> namesLike(String account, NodeId node);

}
