package io.latchkey.inventory;

/** How Latchkey acts on a node. */
public enum Privilege {

	/** The management account is root. */
	ROOT,
	/** The management account may use sudo without a password. */
	SUDO,
	/** Only the management account's own file. */
	SELF

}
