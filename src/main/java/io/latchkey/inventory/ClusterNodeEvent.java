package io.latchkey.inventory;

import io.latchkey.core.AuditableEvent;

/** A node came into a cluster or went out of it. */
public interface ClusterNodeEvent extends AuditableEvent {

	String clusterName();

	String nodeName();

	@Override
	default String subject() {
		return "cluster:" + clusterName();
	}

	@Override
	default String detail() {
		return "node:" + nodeName();
	}

}
