package io.latchkey.conversation.changes;

/**
 * What became of the removal of a file.
 */
public sealed interface Removal {

	/** It is gone. */
	record Removed() implements Removal {

	}

	/** It is another than the one expected, and stays. */
	record Changed() implements Removal {

	}

	/**
	 * It could not be removed.
	 *
	 * @param code as in the script's header
	 * @param detail what the node said
	 */
	record Failed(String code, String detail) implements Removal {

	}

}
