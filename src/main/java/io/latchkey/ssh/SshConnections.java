package io.latchkey.ssh;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeysPinned;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeChanged;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.ssh.Endpoint.Hop;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Makes connections to nodes, each of which has proved to be the pinned one and has let
 * the account in. One that went well is kept for a short time, so that several changes in
 * a row cost one login.
 */
@Component
public class SshConnections implements DisposableBean {

	private final Routes routes;

	private final HostKeyLooks looks;

	private final MethodLooks methodLooks;

	private final KeptSessions kept;

	private final AuthenticationMethods methods;

	public SshConnections(TransportProperties properties, OwnKeys ownKeys, ManagementKeyAgent agent) {
		ScheduledExecutorService timer = NodeThreads.timer();
		Penalties penalties = new Penalties(System::nanoTime);
		this.methods = new AuthenticationMethods(ownKeys, agent);
		this.routes = new Routes(new Dialler(properties, timer), properties, penalties, this.methods);
		this.looks = new HostKeyLooks(this.routes, penalties);
		this.methodLooks = new MethodLooks(this.routes, penalties);
		this.kept = new KeptSessions(properties, timer);
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

	/**
	 * The methods by which a node that proves to be the pinned one lets an account log
	 * in, as it says before anything is offered to it (RFC 4252, section 5.2).
	 * @throws NodeException when it cannot be asked
	 */
	public Set<String> methodsOf(Endpoint endpoint, String account) {
		return this.methodLooks.look(endpoint, account);
	}

	private static HostKeyLooks.Target targetOf(Node node) {
		return new HostKeyLooks.Target(node.route().address(), node.route().port(), Algorithms.of(node),
				Hop.before(node));
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
	 * Logs in, also when a session with that node was kept. Where the account is not let
	 * in, the one that was kept ends as well.
	 * @throws NodeException when it cannot be reached, is another, or does not let the
	 * account in
	 */
	public SshConnection logIn(Endpoint endpoint, Login login) {
		try (AuthenticationMethod method = this.methods.of(login.secret())) {
			method.ready();
			SshConnection connection = this.routes.logIn(endpoint, login, method);
			connection.login().serve(isKept(login) ? SessionTerms.of(endpoint, login, method) : null);
			return connection;
		}
		catch (NodeException.NotLetIn ex) {
			KeptSessions.Kept before = this.kept.take(SessionTerms.Place.of(endpoint, login));
			if (before != null) {
				this.kept.close(before.connection());
			}
			throw ex;
		}
	}

	/**
	 * The connection that was kept from a moment ago; null when there is none that is
	 * what is asked for.
	 */
	public @Nullable SshConnection resume(Endpoint endpoint, Login login) {
		KeptSessions.Kept found = isKept(login) ? this.kept.take(SessionTerms.Place.of(endpoint, login)) : null;
		if (found == null) {
			return null;
		}
		SshConnection connection = found.connection();
		try (AuthenticationMethod method = this.methods.of(login.secret())) {
			if (connection.isUp() && found.terms().equals(SessionTerms.of(endpoint, login, method))) {
				connection.resume();
				return connection;
			}
		}
		catch (RuntimeException ex) {
			this.kept.close(connection);
			throw ex;
		}
		this.kept.close(connection);
		return null;
	}

	/** Gives back one that went well: it is kept, or closed. */
	public void giveBack(SshConnection connection) {
		SessionTerms terms = connection.login().terms();
		if (terms != null) {
			this.kept.keep(terms, connection);
		}
		else {
			connection.close();
		}
	}

	/** Ends one that went wrong, without waiting for it. */
	public void drop(SshConnection connection) {
		this.kept.close(connection);
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

}
