package io.latchkey.internode;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.inventory.AccountName;
import org.jspecify.annotations.Nullable;

/** With which key pairs the nodes of a cluster log in to each other. */
public enum InterNodeStrategy {

	/** None: Latchkey does nothing about it. */
	NONE,
	/** Each node's own, made there; its private half never leaves the node. */
	NODE_PAIRS,
	/** One for the cluster, made by Latchkey; its private half stands on every node. */
	CLUSTER_PAIR,
	/** The same, and an admin may take it for the client. */
	SHARED_PAIR;

	/** Whether one private key stands on several nodes. */
	public boolean copiesPrivateKey() {
		return this == CLUSTER_PAIR || this == SHARED_PAIR;
	}

	/**
	 * A strategy has an account as which the nodes log in to each other, and no strategy
	 * none.
	 */
	void checkAccount(@Nullable String account) {
		if (this == NONE) {
			if (account != null) {
				throw new InvalidInputException(Fault.of("account", "inter-node.account-without-strategy"));
			}
			return;
		}
		AccountName.fault("account", account).ifPresent((fault) -> {
			throw new InvalidInputException(fault);
		});
		if (account != null && !AccountName.isPlain(account)) {
			throw new InvalidInputException(Fault.of("account", "inter-node.account-not-plain"));
		}
	}

}
