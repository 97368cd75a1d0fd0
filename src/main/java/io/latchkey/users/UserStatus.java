package io.latchkey.users;

/** How a user stands. */
public enum UserStatus {

	/** Has no password yet; the link of the invitation may have ended. */
	INVITED,
	/** May sign in. */
	ACTIVE,
	/** May not sign in until somebody lets them again. */
	DISABLED

}
