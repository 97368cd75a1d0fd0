package io.latchkey.transport;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import io.latchkey.inventory.HostKey;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Opens conversations with nodes.
 */
@Component
public class NodeConnector {

	private static final List<String> HOST_KEY_ALGORITHMS = List.of("ssh-ed25519",
			"ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521", "rsa-sha2-512,rsa-sha2-256");

	private static final String NOBODY = "latchkey";

	private final Dialler dialler;

	private final Supplier<byte[]> managementKey;

	private final Clock clock;

	@Autowired
	public NodeConnector(TransportProperties properties, ManagementKeys managementKeys, Clock clock) {
		this(properties, managementKeys::privateKey, clock);
	}

	/**
	 * @param managementKey a private key in a format that JSch reads, to be wiped after
	 * use
	 */
	NodeConnector(TransportProperties properties, Supplier<byte[]> managementKey, Clock clock) {
		this.dialler = new Dialler(properties);
		this.managementKey = managementKey;
		this.clock = clock;
	}

	/**
	 * The host keys that a node shows, one for each algorithm it has, without logging in.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(String address, int port) {
		List<HostKey> hostKeys = new ArrayList<>();
		JSchAlgoNegoFailException missing = null;
		for (String algorithms : HOST_KEY_ALGORITHMS) {
			try (SshConnection connection = this.dialler.dial(address, port)) {
				hostKeys.add(hostKey(connection, algorithms));
			}
			catch (JSchAlgoNegoFailException ex) {
				missing = ex;
			}
		}
		if (hostKeys.isEmpty()) {
			throw NodeFailures.of(address, port).noHostKey(missing);
		}
		return hostKeys;
	}

	/**
	 * Logs in to a node that proves to be the pinned one. The script is on its way when
	 * this returns; whether the account has a shell shows with the first answer.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connect(Endpoint endpoint, Login login) {
		try (Entry entry = Entry.of(login.secret(), this.managementKey)) {
			SshConnection connection = this.dialler.dial(endpoint.address(), endpoint.port());
			try {
				logIn(connection, endpoint, login, entry);
				return NodeConversation.begin(connection, login, this.clock);
			}
			catch (RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
	}

	private static void logIn(SshConnection connection, Endpoint endpoint, Login login, Entry entry) {
		PinnedHostKeys hostKeys = new PinnedHostKeys(endpoint.hostKeys(), connection::hostKeyIsKnown);
		JSch jsch = new JSch();
		try {
			entry.offer(jsch);
			Map<String, String> configuration = new HashMap<>(entry.configuration());
			configuration.put("server_host_key", PinnedHostKeys.algorithmsOf(endpoint.hostKeys()));
			Session session = connection.session(jsch, login.account(), hostKeys, configuration);
			entry.offer(session);
			connection.connect(session);
			jsch.removeAllIdentity();
		}
		catch (JSchException ex) {
			throw connection.failures()
				.loggingIn(ex, connection.watchdog(), connection.socket(), hostKeys, login.account());
		}
	}

	private static HostKey hostKey(SshConnection connection, String algorithms) throws JSchAlgoNegoFailException {
		PinnedHostKeys none = new PinnedHostKeys();
		try {
			connection.connect(connection.session(new JSch(), NOBODY, none, Map.of("server_host_key", algorithms)));
			throw new IllegalStateException("Connected without knowing the host key");
		}
		catch (JSchAlgoNegoFailException ex) {
			if (NodeFailures.isAboutHostKeys(ex)) {
				throw ex;
			}
			throw connection.failures().loggingIn(ex, connection.watchdog(), connection.socket(), none, NOBODY);
		}
		catch (JSchException ex) {
			byte[] shown = none.shown();
			if (ex instanceof JSchHostKeyException && shown != null) {
				return hostKey(connection, shown);
			}
			throw connection.failures().loggingIn(ex, connection.watchdog(), connection.socket(), none, NOBODY);
		}
	}

	private static HostKey hostKey(SshConnection connection, byte[] shown) {
		try {
			return new HostKey(PublicKey.of(shown));
		}
		catch (InvalidKeyException ex) {
			throw connection.failures()
				.speaking(new IOException(ex.getMessage(), ex), connection.watchdog(), connection.socket());
		}
	}

}
