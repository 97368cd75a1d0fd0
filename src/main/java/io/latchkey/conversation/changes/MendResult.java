package io.latchkey.conversation.changes;

/** What became of a {@link NodeMend}. Unless it is {@link Mended}, all is as it was. */
public sealed interface MendResult {

	/** It is done. */
	record Mended() implements MendResult {

	}

	/** Something else stands there by now than was seen. */
	record Changed() implements MendResult {

	}

	/**
	 * It could not be done.
	 *
	 * @param code as of {@link WriteResult.Failed}
	 * @param detail what the node's tool said, one line
	 */
	record Failed(String code, String detail) implements MendResult {

	}

}
