package io.latchkey.nodestate;

import java.time.Instant;
import java.util.List;

import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the files that sshd reads for an account.
 *
 * @param patterns as sshd said, in its order; null when it was not asked
 * @param rules what sshd decides by, as it said with the patterns; null when it was not
 * asked
 * @param obstacle why logins fail whatever the key, as the node said with the patterns,
 * or null
 * @param confirmedFile the management account's file that was last written and proved by
 * a fresh login, or null
 * @param heldUntil until when the node may put back what was written on trial, or null
 * @param exclusive whether an exclusive node may take off foreign lines: there were none
 * at the first look, or they were shown and confirmed
 */
public record RememberedFiles(@Nullable List<String> patterns, @Nullable LoginRules rules,
		@Nullable LoginObstacle obstacle, @Nullable String confirmedFile, @Nullable Instant heldUntil,
		boolean exclusive) {

	public static final RememberedFiles NONE = new RememberedFiles(null, null, null, null, null, false);

	/** Whether sshd has to be asked: an earlier answer holds no rules. */
	public boolean isToBeAsked() {
		return this.patterns == null || this.rules == null;
	}

	/** Whether what stands in the file may not be what stands there in a moment. */
	public boolean isInDoubtAt(Instant now) {
		return this.heldUntil != null && now.isBefore(this.heldUntil);
	}

}
