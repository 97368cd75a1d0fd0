package io.latchkey.conversation;

/**
 * What becomes of a link after so many bytes from the node.
 */
enum LinkFault {

	/** Nothing more comes, and nothing tells so. */
	MUTE,

	/** A byte comes now and then. */
	DRIPS,

	/** The connection is reset. */
	CUT

}
