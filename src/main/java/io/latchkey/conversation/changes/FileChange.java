package io.latchkey.conversation.changes;

import io.latchkey.conversation.protocol.Request;

/**
 * A request that changes what stands at a path, which has to be one that the conversation
 * observed for the account.
 *
 * @param <R> what is answered
 */
public sealed interface FileChange<R> extends Request<R> permits WriteFile, HoldFile, RemoveFile, MakeKeyPair {

	String account();

	String path();

}
