package io.latchkey.transport;

import java.util.List;

/**
 * What a node said when it was looked at.
 *
 * @param facts of the node
 * @param accounts in the order in which they were asked for
 */
public record Observation(NodeFacts facts, List<ObservedAccount> accounts) {

	public Observation {
		accounts = List.copyOf(accounts);
	}

}
