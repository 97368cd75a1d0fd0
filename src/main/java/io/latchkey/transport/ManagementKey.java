package io.latchkey.transport;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;

/**
 * The public half of one of Latchkey's own key pairs.
 *
 * @param id the greater, the newer
 */
public record ManagementKey(long id, PublicKey publicKey, Instant generatedAt) {

	public Fingerprint fingerprint() {
		return this.publicKey.fingerprint();
	}

}
