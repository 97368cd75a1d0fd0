package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.ssh.Algorithms;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.TestConnections;
import io.latchkey.ssh.TransportProperties;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;

/** What connects to a node and begins a conversation, by one key of the test's own. */
public final class TestConnector {

	/** Latchkey's. */
	public static final SshKeyPair KEY = SshKeys.generate();

	private final TestConnections connections;

	private final NodeConnector connector;

	/**
	 * @param privateKey in a format that JSch reads, to be wiped after use
	 */
	public TestConnector(TransportProperties properties, Supplier<byte[]> privateKey) {
		this(properties, new Sights(GlanceProperties.NEVER, System::nanoTime), privateKey);
	}

	private TestConnector(TransportProperties properties, Sights sights, Supplier<byte[]> privateKey) {
		this.connections = new TestConnections(properties, privateKey);
		this.connector = new NodeConnector(this.connections, sights, Clock.systemUTC());
	}

	static TestConnector of(TransportProperties properties, Sights sights) {
		return new TestConnector(properties, sights, TestConnector::privateKey);
	}

	/** By {@link #KEY}. */
	public static TestConnector of(TransportProperties properties) {
		return new TestConnector(properties, TestConnector::privateKey);
	}

	public static List<HostKey> hostKeys(SshdNode node) {
		return node.hostKeys().stream().map((line) -> {
			try {
				return new HostKey(PublicKeyText.parse(line).key());
			}
			catch (InvalidKeyException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private static byte[] privateKey() {
		try {
			return Files.readAllBytes(KEY.privateKey());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

	public Set<String> methodsOf(Endpoint endpoint, String account) {
		return this.connections.methodsOf(endpoint, account);
	}

	/** Those that are kept. */
	public void dropSessions() {
		this.connections.dropSessions();
	}

	public void close() {
		this.connections.destroy();
	}

}
