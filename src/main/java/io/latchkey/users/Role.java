package io.latchkey.users;

/** What a user or a token may do. */
public enum Role {

	/** Everything. */
	ADMIN,
	/** Everything but users, tokens and settings. */
	OPERATOR,
	/** Reads everything, changes nothing. */
	AUDITOR

}
