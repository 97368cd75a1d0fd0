package io.latchkey.users;

/** What a user or a token may do. */
public enum Role {

	/** Everything. */
	ADMIN,
	/** Everything but users, tokens and settings. */
	OPERATOR,
	/** Reads everything, changes nothing. */
	AUDITOR,
	/** Sees and keeps what is theirs: their own keys and access. A token has it never. */
	MEMBER

}
