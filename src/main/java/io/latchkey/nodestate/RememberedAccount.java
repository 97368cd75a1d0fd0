package io.latchkey.nodestate;

import org.jspecify.annotations.Nullable;

/**
 * How an account was when it was last looked at.
 *
 * @param file the first that sshd read for it
 * @param contentHash of its file; null when there was none or it has to be read again
 * @param desiredHash of what it should have been; null when it has to be looked at again
 * @param foreignBeyond how many more foreign lines stand there than are kept
 * @param foreignWhole whether all foreign lines with a key of Latchkey's are kept
 */
public record RememberedAccount(String file, NodeState state, @Nullable String detail, @Nullable String contentHash,
		@Nullable String desiredHash, long foreignBeyond, boolean foreignWhole) {

}
