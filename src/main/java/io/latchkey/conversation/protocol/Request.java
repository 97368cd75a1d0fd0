package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the script on the node may be asked: each request writes its own text, and reads
 * its own answer and nothing else. Each is a record of this module. The header of
 * {@code latchkey-node.sh} has the grammar of both.
 *
 * @param <R> what is answered
 */
public interface Request<R> {

	/**
	 * What is said, with its line ends.
	 * @throws IllegalArgumentException when it cannot be said
	 */
	String text(Peer peer);

	/** The bytes that follow the text. */
	default byte[] content() {
		return new byte[0];
	}

	/** Those of the script's further words that it takes, in the order of their use. */
	default List<NodeScript.Words> words() {
		return List.of();
	}

	/** The answer, where it is known without the node. */
	default Optional<R> unasked(Peer peer) {
		return Optional.empty();
	}

	/**
	 * Reads the answer. Whatever in it can grow has a bound.
	 * @throws GrammarViolation when it is none
	 */
	R read(Reply reply) throws IOException;

}
