package io.latchkey.internode;

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

}
