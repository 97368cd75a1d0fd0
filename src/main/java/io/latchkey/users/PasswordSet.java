package io.latchkey.users;

import io.latchkey.core.AuditableEvent;

/**
 * Somebody got another password, by which all sessions and remembered browsers ended.
 *
 * @param by the machine's user who set it
 */
record PasswordSet(String username, String by) implements AuditableEvent {

	@Override
	public String action() {
		return "user.password-set";
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	@Override
	public String detail() {
		return "at the machine, by its user '" + this.by + "'";
	}

}
