package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.time.ZoneOffset;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Request;

/**
 * What the script for sessions may be asked, as {@link Request} is for the other one. The
 * header of {@code latchkey-sessions.sh} has the grammar.
 *
 * @param <R> what is answered
 */
sealed interface SessionRequest<R> permits FindSessionAccounts, FindSessions, EndSession {

	/** What is said, with its line end. */
	String text();

	/**
	 * Reads the answer.
	 * @param zone the node's, in which its logs tell the time
	 * @throws GrammarViolation when it is none
	 * @throws SessionsUnavailable when the node does not know
	 */
	R read(Answers answers, ZoneOffset zone) throws IOException;

}
