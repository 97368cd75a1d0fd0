package io.latchkey.conversation.changes;

/**
 * What became of making a key pair on a node.
 */
public sealed interface PairMaking {

	/** It stands there. */
	record Paired() implements PairMaking {

	}

	/**
	 * It could not be made.
	 *
	 * @param code as in the script's header
	 * @param detail what the node said
	 */
	record Failed(String code, String detail) implements PairMaking {

	}

}
