package io.latchkey.registration;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a node said of itself with an enrolment token, and what became of it.
 *
 * @param proved whether the machine has signed with the host keys
 * @param cameFrom the address that it was said from
 * @param decidedBy who approved or refused it; null while it waits and where nobody had
 * to
 * @param node that was made of it, while it is there
 */
public record Registration(long id, String tokenId, String name, String address, int port, List<HostKey> hostKeys,
		boolean proved, String cameFrom, Instant registeredAt, State state, @Nullable Instant decidedAt,
		@Nullable String decidedBy, @Nullable NodeId node) {

	/** What became of it. */
	public enum State {

		WAITING, APPROVED, REFUSED

	}

	String fingerprints() {
		return String.join(" ", this.hostKeys.stream().map((key) -> key.key().fingerprint().value()).toList());
	}

}
