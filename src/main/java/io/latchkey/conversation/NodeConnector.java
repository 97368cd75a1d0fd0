package io.latchkey.conversation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

import io.latchkey.conversation.protocol.ContentRoom;
import io.latchkey.conversation.protocol.ConversationFailures;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;
import io.latchkey.ssh.SshConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Opens conversations with nodes. */
@Component
public class NodeConnector {

	private static final Logger log = LoggerFactory.getLogger(NodeConnector.class);

	/** A few large files are read well within that. */
	private static final Duration TURN_WITHIN = Duration.ofSeconds(5);

	private static final Duration LONG_TURN = Duration.ofSeconds(10);

	private final SshConnections connections;

	private final ContentRoom room = new ContentRoom(TURN_WITHIN, LONG_TURN);

	private final Sights sights;

	private final Clock clock;

	@Autowired
	public NodeConnector(SshConnections connections, GlanceProperties glance, Clock clock) {
		this(connections, new Sights(glance, System::nanoTime), clock);
	}

	NodeConnector(SshConnections connections, Sights sights, Clock clock) {
		this.connections = connections;
		this.sights = sights;
		this.clock = clock;
	}

	/**
	 * A conversation with a node that has proved to be the pinned one: over a session
	 * that was kept from a moment ago, or by a fresh login.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connect(Endpoint endpoint, Login login) {
		NodeConversation resumed = resume(endpoint, login);
		return (resumed != null) ? resumed : connectAfresh(endpoint, login);
	}

	/**
	 * Logs in to a node that proves to be the pinned one, also when a conversation with
	 * it was kept: this proves that it lets Latchkey in now. Whether the account has a
	 * shell shows with the first answer.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public NodeConversation connectAfresh(Endpoint endpoint, Login login) {
		SshConnection connection = this.connections.logIn(endpoint, login);
		try {
			return begin(connection, endpoint, login);
		}
		catch (RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Logs in afresh and has the node run a command, which proves that it lets Latchkey
	 * in now, and gives it a shell. Costs the node sshd's own process and the login
	 * shell.
	 * @throws NodeException when it does not
	 */
	public void prove(Endpoint endpoint, Login login) {
		try (SshConnection connection = this.connections.logIn(endpoint, login)) {
			try {
				ScriptChannel.prove(connection, new ConversationFailures(connection.node(), login),
						Peer.of(connection, login), this.clock);
			}
			catch (IOException ex) {
				throw connection.noted(connection.broken(ex));
			}
			catch (NodeException ex) {
				throw connection.noted(ex);
			}
		}
	}

	/** Null when none was kept, or the node has left it meanwhile. */
	private @Nullable NodeConversation resume(Endpoint endpoint, Login login) {
		SshConnection connection = this.connections.resume(endpoint, login);
		if (connection == null) {
			return null;
		}
		try {
			return begin(connection, endpoint, login);
		}
		catch (NodeException ex) {
			log.debug("A kept session had ended: {}", ex.getMessage());
			this.connections.drop(connection);
			return null;
		}
		catch (RuntimeException ex) {
			this.connections.drop(connection);
			throw ex;
		}
	}

	private NodeConversation begin(SshConnection connection, Endpoint endpoint, Login login) {
		return NodeConversation.begin(connection, login, this.connections::giveBack,
				this.room.share(endpoint.address() + " " + endpoint.port()), this.sights.of(endpoint, login),
				this.clock);
	}

}
