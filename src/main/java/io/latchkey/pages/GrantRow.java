package io.latchkey.pages;

import java.util.List;
import java.util.Set;

import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantStatus;

/**
 * A grant in a list.
 *
 * @param nodes the names of the nodes that it reaches or reached
 */
public record GrantRow(Grant grant, GrantStatus status, Set<String> nodes, Progress progress) {

	public String id() {
		return Long.toString(this.grant.id().value());
	}

	/** Whether it has not ended yet. */
	public boolean isOpen() {
		return this.status == GrantStatus.ACTIVE || this.status == GrantStatus.SCHEDULED;
	}

	/** How many nodes some grants reach or reached together. */
	public static int nodesOf(List<GrantRow> rows) {
		return (int) rows.stream().flatMap((row) -> row.nodes().stream()).distinct().count();
	}

}
