package io.latchkey.transport;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation with one verified node: one SSH connection, one {@code exec} channel,
 * the node-side script. For one thread at a time. Every method throws
 * {@link NodeException} when the conversation fails, and it is over then.
 */
public class NodeConversation implements AutoCloseable {

	NodeConversation() {
	}

	/** Looks at the accounts' files; contents do not come along. */
	public Observation observe(List<AccountQuery> accounts) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reads an account's file, with the account's own rights.
	 * @param path as observed
	 * @throws NodeException.FileUnreadable when it cannot be read; the conversation goes
	 * on
	 */
	public byte[] read(String account, String path) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replaces the account's file at the path that this conversation observed, with the
	 * account's own rights.
	 * @param expectedHash the hash of what is to be replaced; null when nothing stands
	 * there
	 * @throws IllegalStateException when the account was not observed, or has no path
	 */
	public WriteResult write(String account, @Nullable String expectedHash, byte[] content) {
		throw new UnsupportedOperationException();
	}

	/** The software version of the node's banner, such as {@code OpenSSH_9.2p1}. */
	public String sshVersion() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

}
