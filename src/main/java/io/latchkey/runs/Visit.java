package io.latchkey.runs;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.Fingerprint;

/**
 * A node in the midst of a run, when the lines of all its accounts were put right.
 *
 * @param records of which the desired state was made
 * @param own the lines by which it lets Latchkey in
 * @param placed the lines that were placed there before the run
 * @param accounts those that were looked at
 */
public record Visit(Node node, NodeConversation conversation, NodeRecords records, DesiredState desired, OwnLines own,
		List<PlacedLine> placed, List<AccountOutcome> accounts) {

	/** Whatever key is Latchkey's own. */
	public Set<Fingerprint> ownKeys() {
		return this.own.all();
	}

	/** What became of an account, unless it was not looked at. */
	public Optional<AccountOutcome> account(String name) {
		return this.accounts.stream().filter((account) -> account.account().equals(name)).findFirst();
	}

}
