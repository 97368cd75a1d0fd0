package io.latchkey.ssh;

import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint.Hop;
import org.jspecify.annotations.Nullable;

/**
 * All that a session was made by; it serves only who asks for the very same.
 */
record SessionTerms(Endpoint endpoint, String account, Privilege privilege, Fingerprint managementKey) {

	static SessionTerms of(Endpoint endpoint, Login login, AuthenticationMethod method) {
		return new SessionTerms(endpoint, login.account(), login.privilege(), method.fingerprint());
	}

	Place place() {
		return new Place(this.endpoint.address(), this.endpoint.port(), this.account, this.endpoint.hop());
	}

	/** Where a session leads; behind another hop, the same address is another node. */
	record Place(String address, int port, String account, @Nullable Hop hop) {

		static Place of(Endpoint endpoint, Login login) {
			return new Place(endpoint.address(), endpoint.port(), login.account(), endpoint.hop());
		}

	}

}
