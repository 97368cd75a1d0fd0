package io.latchkey.runs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended, as features put it on record.
 *
 * @param at when it ended, as exactly as a database tells it
 * @param records of which the desired state was made
 * @param accounts those that were looked at, before anything failed
 * @param unwanted the lines that should be gone and are not known to be
 */
public record FinishedRun(Node node, Instant at, NodeRecords records, DesiredState desired,
		List<AccountOutcome> accounts, List<PlacedLine> unwanted, Ending ending, Parts parts) {

	/**
	 * How it ended.
	 *
	 * @param state which the node has by it
	 * @param failure of the conversation, for a person; null when it was led to its end
	 * @param standing how far the node has come with another management key; null when
	 * there is none to come to
	 */
	public record Ending(NodeState state, @Nullable String failure, @Nullable KeyStanding standing) {

	}

	/** What its parts had to know, and came to. */
	public record Parts(PartInputs inputs, PartOutcomes outcomes) {

	}

	public NodeState state() {
		return this.ending.state();
	}

	/** Whether the conversation was led to its end. */
	public boolean conversed() {
		return this.ending.failure() == null;
	}

	/** The foreign keys that stand in the accounts that were read, by account. */
	public Map<String, Set<Fingerprint>> foreignKeys() {
		return this.accounts.stream()
			.filter((account) -> !account.comparison().unchanged() && account.content() != null)
			.collect(Collectors.toMap(AccountOutcome::account, AccountOutcome::foreignKeys));
	}

}
