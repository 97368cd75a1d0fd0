package io.latchkey.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeysPinned;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeChanged;
import io.latchkey.inventory.NodeRemoved;

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

	private static final Logger log = LoggerFactory.getLogger(NodeConnector.class);

	/** A few large files are read well within that. */
	private static final Duration TURN_WITHIN = Duration.ofSeconds(5);

	private static final Duration LONG_TURN = Duration.ofSeconds(10);

	private final Routes routes;

	private final HostKeyLooks looks;

	private final KeptSessions kept;

	private final ContentRoom room;

	private final Sights sights;

	private final Function<Secret.ManagementKey, Entry> managementKeys;

	private final Clock clock;

	@Autowired
	public NodeConnector(TransportProperties properties, GlanceProperties glance, ManagementKeys managementKeys,
			Clock clock) {
		this(properties, new Sights(glance, System::nanoTime), managementKeys::entry, clock);
	}

	/**
	 * @param managementKey a private key in a format that JSch reads, to be wiped after
	 * use
	 */
	NodeConnector(TransportProperties properties, Supplier<byte[]> managementKey, Clock clock) {
		this(properties, new Sights(GlanceProperties.NEVER, System::nanoTime), managementKey, clock);
	}

	/**
	 * @param managementKey a private key in a format that JSch reads, to be wiped after
	 * use
	 */
	NodeConnector(TransportProperties properties, Sights sights, Supplier<byte[]> managementKey, Clock clock) {
		this(properties, sights, (wanted) -> new Entry.ByKey(managementKey.get(), new byte[0]), clock);
	}

	private NodeConnector(TransportProperties properties, Sights sights,
			Function<Secret.ManagementKey, Entry> managementKeys, Clock clock) {
		ScheduledExecutorService timer = NodeThreads.timer();
		Penalties penalties = new Penalties(System::nanoTime);
		this.routes = new Routes(new Dialler(properties, timer), properties, penalties, managementKeys);
		this.looks = new HostKeyLooks(this.routes, penalties);
		this.kept = new KeptSessions(properties, timer);
		this.room = new ContentRoom(TURN_WITHIN, LONG_TURN);
		this.sights = sights;
		this.managementKeys = managementKeys;
		this.clock = clock;
	}

	/**
	 * The host keys that a node shows, one for each algorithm it has, without logging in.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> hostKeysOf(Node node) {
		return this.looks.look(targetOf(node));
	}

	/**
	 * The host keys that a node showed within the last minute, or shows now: each look
	 * costs connections without a login, which sshd may hold against Latchkey.
	 * @throws NodeException when it cannot be asked
	 */
	public List<HostKey> recentHostKeysOf(Node node) {
		return this.looks.recent(targetOf(node));
	}

	private static HostKeyLooks.Target targetOf(Node node) {
		return new HostKeyLooks.Target(node.address(), node.port(), Algorithms.of(node), Hop.before(node));
	}

	/** Those of a node that Latchkey reaches by itself. */
	List<HostKey> hostKeysOf(String address, int port, Algorithms algorithms) {
		return this.looks.look(new HostKeyLooks.Target(address, port, algorithms, null));
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
	 * Where it is not let in, the one that was kept ends as well.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connectAfresh(Endpoint endpoint, Login login) {
		try (Entry entry = Entry.of(login.secret(), this.managementKeys)) {
			entry.ready();
			SshConnection connection = this.routes.logIn(endpoint, login, entry);
			try {
				return NodeConversation.begin(connection, login, connection.handshake().times(),
						afterwards(endpoint, login, entry), room(endpoint), this.sights.of(endpoint, login),
						this.clock);
			}
			catch (RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
		catch (NodeException.NotLetIn ex) {
			drop(KeptSessions.Place.of(endpoint, login));
			throw ex;
		}
	}

	private void drop(KeptSessions.Place place) {
		KeptSessions.Kept found = this.kept.take(place);
		if (found != null) {
			this.kept.close(found.connection());
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
						room(endpoint), this.sights.of(endpoint, login), this.clock);
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

	private ContentRoom.Share room(Endpoint endpoint) {
		return this.room.share(endpoint.address() + " " + endpoint.port());
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

}
