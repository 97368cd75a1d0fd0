package io.latchkey.passwords;

import java.time.Instant;

import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a node's logins by password, and what was seen last.
 *
 * @param decidedAt null when nothing was
 * @param detail why it is another than was decided; null when it is not
 */
public record PasswordLogin(NodeId node, PasswordChoice choice, @Nullable Instant decidedAt, PasswordState state,
		@Nullable String detail, Instant seenAt) {

	/** Whether they were switched off, and are not. */
	public boolean drifted() {
		return this.choice.passwords() == PasswordChoice.Passwords.OFF
				&& (this.state == PasswordState.ON || this.state == PasswordState.UNKNOWN);
	}

}
