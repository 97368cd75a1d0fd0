package io.latchkey.runs;

import java.time.Instant;
import java.util.List;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;

/**
 * A run that has ended, as its parts put it on record.
 *
 * @param at when it ended, as exactly as a database tells it
 * @param records of which the desired state was made
 * @param accounts those that were looked at, before anything failed
 * @param state which the node has by it
 * @param conversed whether the conversation was led to its end
 */
public record FinishedRun(Node node, Instant at, NodeRecords records, DesiredState desired,
		List<AccountOutcome> accounts, NodeState state, boolean conversed, PartInputs inputs, PartOutcomes outcomes) {

}
