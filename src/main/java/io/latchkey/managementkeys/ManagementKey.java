package io.latchkey.managementkeys;

import java.time.Instant;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;

/**
 * The public half of one of Latchkey's own key pairs.
 *
 * @param id the greater, the newer
 * @param kind for which nodes it is
 * @param holder who has the private half
 */
public record ManagementKey(long id, ManagementKeyKind kind, PublicKey publicKey, Instant generatedAt, Holder holder) {

	public Fingerprint fingerprint() {
		return this.publicKey.fingerprint();
	}

	/** Who has a private half. */
	public enum Holder {

		/** Latchkey itself, sealed. */
		LATCHKEY,
		/** An SSH agent, which signs for Latchkey. */
		AGENT

	}

}
