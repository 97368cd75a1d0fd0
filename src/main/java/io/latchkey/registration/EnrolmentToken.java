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
public record EnrolmentToken(String id, @Nullable String purpose, Joining joining, int uses, int used, Instant madeAt,
		String madeBy, Instant expiresAt, @Nullable Instant endedAt) {

	/**
	 * What becomes of the nodes that register with it.
	 *
	 * @param managementAccount with which Latchkey logs in to them
	 * @param clusters the names of those that they come into
	 * @param labels that they get
	 * @param approval whether each waits until somebody approves it
	 */
	public record Joining(String managementAccount, Privilege privilege, Mode mode, List<String> clusters,
			Map<String, String> labels, boolean approval) {

	}

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

	EnrolmentToken in(List<String> clusters) {
		Joining in = new Joining(this.joining.managementAccount(), this.joining.privilege(), this.joining.mode(),
				clusters, this.joining.labels(), this.joining.approval());
		return new EnrolmentToken(this.id, this.purpose, in, this.uses, this.used, this.madeAt, this.madeBy,
				this.expiresAt, this.endedAt);
	}

}
