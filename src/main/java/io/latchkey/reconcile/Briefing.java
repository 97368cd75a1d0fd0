package io.latchkey.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;

/**
 * All that a run has to know before it talks to its node, read in one transaction.
 */
record Briefing(Node node, NodeStateRow row, NodeRecords records, Fingerprint managementKey,
		Map<String, RememberedAccount> remembered, List<PlacedLine> placed, Map<String, Set<String>> foreign) {

	/**
	 * The accounts to look at: those that should have lines, had some, or let Latchkey
	 * in.
	 */
	Set<String> accounts(DesiredState expected) {
		if (this.node.privilege() == Privilege.SELF) {
			return Set.of(this.node.managementAccount());
		}
		Set<String> accounts = new TreeSet<>(expected.accounts().keySet());
		accounts.add(this.node.managementAccount());
		accounts.addAll(this.remembered.keySet());
		this.placed.forEach((line) -> accounts.add(line.account()));
		return accounts;
	}

	KnownLines knownLines(String account) {
		return new KnownLines(this.placed.stream().filter((line) -> line.account().equals(account)).toList(),
				this.foreign.getOrDefault(account, Set.of()), this.managementKey);
	}

}
