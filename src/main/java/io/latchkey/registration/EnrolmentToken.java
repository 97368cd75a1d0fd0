package io.latchkey.registration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * With what nodes register themselves: for so many nodes, until an instant. Its text is
 * not in it.
 *
 * @param used how many nodes have registered with it
 * @param endedAt when somebody ended it early, or null
 */
public record EnrolmentToken(String id, @Nullable String purpose, String managementAccount, Privilege privilege,
		Mode mode, List<String> clusters, Map<String, String> labels, boolean approval, int uses, int used,
		Instant madeAt, String madeBy, Instant expiresAt, @Nullable Instant endedAt) {

	/** How it stands. */
	public enum State {

		OPEN, USED_UP, EXPIRED, ENDED

	}

	public State stateAt(Instant now) {
		if (this.endedAt != null) {
			return State.ENDED;
		}
		if (!now.isBefore(this.expiresAt)) {
			return State.EXPIRED;
		}
		return (this.used < this.uses) ? State.OPEN : State.USED_UP;
	}

}
