package io.latchkey.users;

import io.latchkey.core.AuditableEvent;

/**
 * Something was done to a user.
 */
record UserEvent(String username, Deed deed, String detail) implements AuditableEvent {

	@Override
	public String action() {
		return this.deed.action;
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	/** What was done. */
	enum Deed {

		INVITED("user.invited"), INVITED_AGAIN("user.invited-again"), INVITATION_WITHDRAWN("user.invitation-withdrawn"),
		INVITATION_ACCEPTED("user.invitation-accepted"), CHANGED("user.changed"), DISABLED("user.disabled"),
		ENABLED("user.enabled"), DELETED("user.deleted"), PASSWORD_CHANGED("user.password-changed"),
		SECOND_FACTOR_ADDED("user.second-factor-added"), SECOND_FACTOR_REMOVED("user.second-factor-removed"),
		RECOVERY_CODE_USED("user.recovery-code-used");

		private final String action;

		Deed(String action) {
			this.action = action;
		}

	}

}
