package io.latchkey.passwords;

/** Whether a node's sshd lets in by password. */
public enum PasswordState {

	ON,

	OFF,

	/** Off, but for those whom a {@code Match} lets in by it all the same. */
	PARTLY,

	/** sshd does not understand its configuration, or was not asked. */
	UNKNOWN

}
