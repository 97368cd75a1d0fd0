package io.latchkey.passwords;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a node's logins by password, and what was seen last.
 *
 * @param decidedAt null when nothing was
 * @param exceptions whom a {@code Match} let in by password all the same when that was
 * decided; null when it is not known
 * @param drift what is no longer as it was decided, for a person, a line each; null when
 * all is
 * @param seenAt when somebody looked
 * @param unsettledUntil until when the node undoes a change whose end is not known; null
 * when there is none
 */
public record PasswordLogin(NodeId node, PasswordChoice choice, @Nullable Instant decidedAt,
		@Nullable List<String> exceptions, PasswordState state, @Nullable String drift, Instant seenAt,
		@Nullable Instant unsettledUntil) {

	/** Whether it is no longer as it was decided. */
	public boolean drifted() {
		return this.drift != null;
	}

	/** What drifted, in words. */
	public List<String> warnings() {
		return (this.drift != null) ? this.drift.lines().toList() : List.of();
	}

	/** Nothing was decided, and nobody has looked. */
	static PasswordLogin unknown(NodeId node, Instant at) {
		return new PasswordLogin(node, PasswordChoice.NOTHING, null, null, PasswordState.UNKNOWN, null, at, null);
	}

	/** Somebody looked. A change that may still be on trial stays open. */
	PasswordLogin seen(PasswordState state, List<String> warnings, Instant at) {
		Instant until = this.unsettledUntil;
		return new PasswordLogin(this.node, this.choice, this.decidedAt, this.exceptions, state,
				warnings.isEmpty() ? null : String.join("\n", warnings), at,
				(until != null && at.isBefore(until)) ? until : null);
	}

	/** A change begins, whose end the node brings about by then. */
	PasswordLogin unsettled(Instant until) {
		return new PasswordLogin(this.node, this.choice, this.decidedAt, this.exceptions, this.state, this.drift,
				this.seenAt, until);
	}

	/** A change came to nothing. */
	PasswordLogin settled() {
		return new PasswordLogin(this.node, this.choice, this.decidedAt, this.exceptions, this.state, this.drift,
				this.seenAt, null);
	}

	/** A change stands. */
	PasswordLogin decided(PasswordChoice choice, PasswordChange change, Instant at) {
		return new PasswordLogin(this.node, choice, at, change.exceptions(), change.state(), null, at, null);
	}

}
