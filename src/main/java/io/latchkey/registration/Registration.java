package io.latchkey.registration;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a node said of itself with an enrolment token, and what became of it.
 *
 * @param decidedBy who approved or refused it; null while it waits and where nobody had
 * to
 * @param node that was made of it, while it is there
 */
public record Registration(long id, String tokenId, Said said, Instant registeredAt, State state,
		@Nullable Instant decidedAt, @Nullable String decidedBy, @Nullable NodeId node) {

	/**
	 * What a node said of itself.
	 *
	 * @param proved whether the machine has signed with the host keys
	 * @param cameFrom the address that it was said from
	 */
	public record Said(String name, String address, int port, List<HostKey> hostKeys, boolean proved, String cameFrom) {

	}

	/** What became of it. */
	public enum State {

		WAITING, APPROVED, REFUSED

	}

	/** The same after somebody has decided. */
	Registration decided(State state, Instant at, @Nullable String by, @Nullable NodeId node) {
		return new Registration(this.id, this.tokenId, this.said, this.registeredAt, state, at, by, node);
	}

	String fingerprints() {
		return String.join(" ", this.said.hostKeys().stream().map((key) -> key.key().fingerprint().value()).toList());
	}

}
