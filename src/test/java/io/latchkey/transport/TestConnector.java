package io.latchkey.transport;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import io.latchkey.inventory.HostKey;

/** What connects to a node and begins a conversation, by one key of the test's own. */
public final class TestConnector {

	private final TestConnections connections;

	private final NodeConnector connector;

	/**
	 * @param privateKey in a format that JSch reads, to be wiped after use
	 */
	public TestConnector(TransportProperties properties, Supplier<byte[]> privateKey) {
		this.connections = new TestConnections(properties, privateKey);
		this.connector = new NodeConnector(this.connections, Clock.systemUTC());
	}

	public NodeConversation connect(Endpoint endpoint, Login login) {
		return this.connector.connect(endpoint, login);
	}

	public NodeConversation connectAfresh(Endpoint endpoint, Login login) {
		return this.connector.connectAfresh(endpoint, login);
	}

	public List<HostKey> hostKeysOf(String address, int port, Algorithms algorithms) {
		return this.connections.hostKeysOf(address, port, algorithms);
	}

	public List<HostKey> hostKeysOf(String address, int port) {
		return this.connections.hostKeysOf(address, port);
	}

	/** Those that are kept. */
	public void dropSessions() {
		this.connections.dropSessions();
	}

	public void close() {
		this.connections.destroy();
	}

}
