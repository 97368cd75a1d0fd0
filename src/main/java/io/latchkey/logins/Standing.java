package io.latchkey.logins;

/**
 * By what right somebody came in.
 */
public enum Standing {

	/** By a grant that stood at that instant. */
	GRANTED,
	/** A node of a cluster, by an inter-node key. */
	INTER_NODE,
	/** Latchkey itself, or whoever has its key. */
	LATCHKEY,
	/** By a foreign key that is tolerated. */
	TOLERATED,
	/** By a key that nobody granted. */
	UNGRANTED,
	/** By a password, a certificate, or whatever else is no key that the log names. */
	NO_KEY

}
