package io.latchkey.nodestate;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of one node's accounts and their files.
 *
 * @param accounts how each stood that was looked at
 * @param files of each, what sshd reads, and what stands there on trial
 * @param placed the lines that Latchkey placed
 * @param foreign the foreign lines that were seen, by account
 * @param logins the accounts that could log in, as far as the node told
 */
public record NodeMemory(Map<String, RememberedAccount> accounts, Map<String, RememberedFiles> files,
		List<PlacedLine> placed, Map<String, Set<String>> foreign, Set<String> logins) {

	/** The same of a node whose accounts are looked at no further. */
	public NodeMemory withoutLogins() {
		return new NodeMemory(this.accounts, this.files, this.placed, this.foreign, Set.of());
	}

}
