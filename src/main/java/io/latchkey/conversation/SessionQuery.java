package io.latchkey.conversation;

import io.latchkey.openssh.Fingerprint;

/**
 * Asks for the live sessions of an account that were opened with a key.
 */
public record SessionQuery(String account, Fingerprint key) {

	public SessionQuery {
		NodeScript.requireAccount(account);
	}

}
