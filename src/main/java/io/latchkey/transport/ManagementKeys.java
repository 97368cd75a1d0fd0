package io.latchkey.transport;

import io.latchkey.openssh.PublicKey;

import org.springframework.stereotype.Component;

/**
 * Latchkey's own key pair, with which it logs in to the nodes. The private half is sealed
 * at rest and never leaves this package.
 */
@Component
public class ManagementKeys {

	public PublicKey publicKey() {
		throw new UnsupportedOperationException();
	}

	/** What to put into the management account's {@code authorized_keys}. */
	public String authorizedKeysLine() {
		throw new UnsupportedOperationException();
	}

}
