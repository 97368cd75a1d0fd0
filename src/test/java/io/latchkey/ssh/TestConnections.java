package io.latchkey.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;

/** Connections by one key of the test's own. */
public class TestConnections extends SshConnections {

	/**
	 * @param privateKey in a format that JSch reads, to be wiped after use
	 */
	public TestConnections(TransportProperties properties, Supplier<byte[]> privateKey) {
		super(properties, (wanted) -> List.of(keyOf(privateKey.get())), noAgent());
	}

	/** These deadlines, without sessions that are kept, to any network. */
	public static TransportProperties deadlines(Duration connectTimeout, Duration authTimeout, Duration answerTimeout,
			Duration conversationTimeout) {
		return new TransportProperties(connectTimeout, authTimeout, answerTimeout, conversationTimeout, Duration.ZERO,
				0, List.of());
	}

	/** No agent. */
	public static ManagementKeyAgent noAgent() {
		return agent(AgentProperties.NONE);
	}

	public static ManagementKeyAgent agent(AgentProperties properties) {
		return new ManagementKeyAgent(properties, Clock.systemUTC());
	}

	private static OwnKey keyOf(byte[] privateKey) {
		try {
			KeyPair pair = KeyPair.load(new JSch(), privateKey.clone(), null);
			PublicKey publicKey = PublicKey.of(pair.getPublicKeyBlob());
			pair.dispose();
			return OwnKey.of(publicKey, privateKey);
		}
		catch (JSchException | InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public List<HostKey> hostKeysOf(String address, int port, Algorithms algorithms) {
		return super.hostKeysOf(address, port, algorithms);
	}

	@Override
	public List<HostKey> hostKeysOf(String address, int port) {
		return super.hostKeysOf(address, port);
	}

	@Override
	public void dropSessions() {
		super.dropSessions();
	}

}
