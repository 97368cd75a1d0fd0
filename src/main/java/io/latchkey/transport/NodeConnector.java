package io.latchkey.transport;

import java.util.List;

import io.latchkey.inventory.HostKey;

import org.springframework.stereotype.Component;

/**
 * Opens conversations with nodes.
 */
@Component
public class NodeConnector {

	/**
	 * The host keys that a node shows, one for each algorithm it has, without logging in.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(String address, int port) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Logs in to a node that proves to be the pinned one. The script is on its way when
	 * this returns; whether the account has a shell shows with the first answer.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connect(Endpoint endpoint, Login login) {
		throw new UnsupportedOperationException();
	}

}
