package io.latchkey.enrolment;

import io.latchkey.conversation.hosts.HostKeyProof;
import io.latchkey.inventory.HostKey;

/**
 * A host key that a machine names as its own.
 *
 * @param proof what {@code ssh-keygen -Y sign} made of the nonce with it, in base64; "-"
 * where the machine can make none: as without the rights of root, or before OpenSSH 8.1
 */
public record OfferedHostKey(HostKey key, String proof) {

	private static final String NONE = "-";

	public boolean isUnproved() {
		return this.proof.equals(NONE);
	}

	public boolean isProvedBy(String nonce) {
		return HostKeyProof.holds(this.key.key(), this.proof, HostKeyProof.ENROLLING, nonce);
	}

}
