package io.latchkey.passwords;

import java.util.List;

import io.latchkey.logins.KeyUse;
import io.latchkey.logins.LogReading;
import io.latchkey.logins.PasswordUse;
import io.latchkey.nodestate.AccountState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a node's accounts and logins before it is asked.
 *
 * @param accounts their files, as last observed
 * @param passwords who came by password within {@link FactsReader#BACK}
 * @param keys which keys let somebody in
 * @param log how far the node's log was read; null when it never was
 */
record NodeFacts(List<AccountState> accounts, List<PasswordUse> passwords, List<KeyUse> keys,
		@Nullable LogReading log) {

	NodeFacts {
		accounts = List.copyOf(accounts);
		passwords = List.copyOf(passwords);
		keys = List.copyOf(keys);
	}

	/** Whether the key let somebody in as that account. */
	boolean letIn(String fingerprint, String account) {
		return this.keys.stream()
			.anyMatch((use) -> use.fingerprint().equals(fingerprint) && use.account().equals(account));
	}

}
