package io.latchkey.transport;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeysPinned;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeChanged;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Opens conversations with nodes. The session of a conversation that went well is kept
 * for a short time, so that several changes in a row cost one login.
 */
@Component
public class NodeConnector implements DisposableBean {

	/** Each group is asked for by itself: a node shows one key at a time. */
	private static final List<List<String>> HOST_KEY_TYPES = List.of(List.of("ssh-ed25519"),
			List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"), List.of("ssh-rsa"));

	private static final String NOBODY = "latchkey";

	private static final Logger log = LoggerFactory.getLogger(NodeConnector.class);

	private final Routes routes;

	private final KeptSessions kept;

	private final Function<Secret.ManagementKey, Entry> managementKeys;

	private final Clock clock;

	@Autowired
	public NodeConnector(TransportProperties properties, ManagementKeys managementKeys, Clock clock) {
		this(properties, managementKeys::entry, clock);
	}

	/**
	 * @param managementKey a private key in a format that JSch reads, to be wiped after
	 * use
	 */
	NodeConnector(TransportProperties properties, Supplier<byte[]> managementKey, Clock clock) {
		this(properties, (wanted) -> new Entry.ByKey(managementKey.get(), new byte[0]), clock);
	}

	private NodeConnector(TransportProperties properties, Function<Secret.ManagementKey, Entry> managementKeys,
			Clock clock) {
		ScheduledExecutorService timer = NodeThreads.timer();
		this.routes = new Routes(new Dialler(properties, timer), properties, managementKeys);
		this.kept = new KeptSessions(properties, timer);
		this.managementKeys = managementKeys;
		this.clock = clock;
	}

	/**
	 * The host keys that a node shows, one for each algorithm it has, without logging in.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(Node node) {
		return hostKeysOf(node.address(), node.port(), Algorithms.of(node), Hop.before(node));
	}

	/** Those of a node that Latchkey reaches by itself. */
	List<HostKey> hostKeysOf(String address, int port, Algorithms algorithms) {
		return hostKeysOf(address, port, algorithms, null);
	}

	private List<HostKey> hostKeysOf(String address, int port, Algorithms algorithms, @Nullable Hop hop) {
		List<HostKey> hostKeys = new ArrayList<>();
		JSchAlgoNegoFailException missing = null;
		for (List<String> types : HOST_KEY_TYPES) {
			try (SshConnection connection = this.routes.dial(address, port, hop)) {
				hostKeys.add(hostKey(connection, types, algorithms));
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

	/** With modern algorithms only. */
	List<HostKey> hostKeysOf(String address, int port) {
		return hostKeysOf(address, port, Algorithms.MODERN);
	}

	/**
	 * A conversation with a node that has proved to be the pinned one: one that was kept
	 * from a moment ago, or a fresh login.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connect(Endpoint endpoint, Login login) {
		NodeConversation resumed = isKept(login) ? resume(endpoint, login) : null;
		return (resumed != null) ? resumed : connectAfresh(endpoint, login);
	}

	/**
	 * Logs in to a node that proves to be the pinned one, also when a conversation with
	 * it was kept: this proves that it lets Latchkey in now. The script is on its way
	 * when this returns; whether the account has a shell shows with the first answer.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connectAfresh(Endpoint endpoint, Login login) {
		try (Entry entry = Entry.of(login.secret(), this.managementKeys)) {
			entry.ready();
			SshConnection connection = this.routes.dial(endpoint.address(), endpoint.port(), endpoint.hop());
			try {
				Authentication.logIn(connection, endpoint, login.account(), entry);
				return NodeConversation.begin(connection, login, connection.handshake().times(),
						afterwards(endpoint, login, entry), this.clock);
			}
			catch (RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
	}

	/**
	 * Drops every session that is kept: the records of a node that was changed no longer
	 * say which were its. Before the commit, since the run that follows it at once is to
	 * log in.
	 */
	@TransactionalEventListener(classes = { NodeChanged.class, NodeRemoved.class, HostKeysPinned.class },
			phase = TransactionPhase.BEFORE_COMMIT)
	void dropSessions() {
		this.kept.clear();
	}

	/** And those that a run left that was under way. */
	@TransactionalEventListener(classes = { NodeChanged.class, NodeRemoved.class, HostKeysPinned.class })
	void dropSessionsLeftMeanwhile() {
		this.kept.clear();
	}

	@Override
	public void destroy() {
		this.kept.close();
	}

	/** A password is for one login. */
	private boolean isKept(Login login) {
		return this.kept.isOn() && login.secret() instanceof Secret.ManagementKey;
	}

	/**
	 * Another conversation over the session that was kept; null when there is none that
	 * is what is asked for, or when the node has left it meanwhile.
	 */
	private @Nullable NodeConversation resume(Endpoint endpoint, Login login) {
		KeptSessions.Kept found = this.kept.take(KeptSessions.Place.of(endpoint, login));
		if (found == null) {
			return null;
		}
		SshConnection connection = found.connection();
		try (Entry entry = Entry.of(login.secret(), this.managementKeys)) {
			if (connection.isUp() && found.terms().equals(termsOf(endpoint, login, entry))) {
				connection.resume();
				return NodeConversation.begin(connection, login, LoginTimes.KEPT, afterwards(endpoint, login, entry),
						this.clock);
			}
		}
		catch (NodeException ex) {
			log.debug("A kept session had ended: {}", ex.getMessage());
		}
		catch (RuntimeException ex) {
			this.kept.close(connection);
			throw ex;
		}
		this.kept.close(connection);
		return null;
	}

	private Consumer<SshConnection> afterwards(Endpoint endpoint, Login login, Entry entry) {
		if (!isKept(login)) {
			return SshConnection::close;
		}
		KeptSessions.Terms terms = termsOf(endpoint, login, entry);
		return (connection) -> this.kept.keep(terms, connection);
	}

	private static KeptSessions.Terms termsOf(Endpoint endpoint, Login login, Entry entry) {
		return new KeptSessions.Terms(endpoint, login.account(), login.privilege(), entry.fingerprint());
	}

	private static HostKey hostKey(SshConnection connection, List<String> types, Algorithms algorithms)
			throws JSchAlgoNegoFailException {
		PinnedHostKeys none = new PinnedHostKeys();
		try {
			connection
				.connect(connection.session(new JSch(), NOBODY, none, Authentication.configuration(types, algorithms)));
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
