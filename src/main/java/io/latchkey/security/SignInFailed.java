package io.latchkey.security;

import io.latchkey.core.AuditableEvent;

/**
 * A sign-in failed.
 *
 * @param username as {@link FailedSignIns} cuts what was tried
 * @param address as {@link ClientAddress} has it
 */
record SignInFailed(String username, String address) implements AuditableEvent {

	@Override
	public String action() {
		return "user.sign-in-failed";
	}

	@Override
	public String subject() {
		return "user:" + this.username;
	}

	@Override
	public String detail() {
		return "from " + this.address;
	}

}
