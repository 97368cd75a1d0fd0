package io.latchkey.inventory;

/** What Latchkey may change on a node. */
public enum Mode {

	/** Look and report, change nothing. */
	OBSERVE,
	/** Keep its own lines right, leave foreign ones. */
	ADDITIVE,
	/** Only desired lines stay. */
	EXCLUSIVE

}
