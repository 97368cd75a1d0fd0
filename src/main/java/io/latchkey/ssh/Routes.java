package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint.Hop;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to nodes, through the hops that lie before them.
 */
final class Routes {

	/**
	 * So many logins at a time at one jump node: from the tenth on that is under way sshd
	 * drops some by its default ({@code MaxStartups}, sshd_config(5)).
	 */
	private static final int LOGINS_AT_A_TIME = 6;

	/** Of so many their turns are remembered while nobody logs in there. */
	private static final int MOST_JUMP_NODES = 1000;

	private final Dialler dialler;

	private final Duration patience;

	private final AuthenticationMethods methods;

	private final Penalties penalties;

	private final Map<Hop, Turns> turns = new ConcurrentHashMap<>();

	Routes(Dialler dialler, TransportProperties properties, Penalties penalties, AuthenticationMethods methods) {
		this.dialler = dialler;
		this.penalties = penalties;
		this.patience = properties.conversationTimeout();
		this.methods = methods;
	}

	/**
	 * A connection that nobody has logged in to yet.
	 * @throws NodeException when there is none
	 */
	SshConnection dial(String address, int port, @Nullable Hop hop) {
		if (hop == null) {
			return this.dialler.dial(address, port);
		}
		SshConnection jump = jump(hop, NodeFailures.of(address, port));
		try {
			return this.dialler.dialThrough(jump, address, port);
		}
		catch (RuntimeException ex) {
			jump.close();
			throw ex;
		}
	}

	/**
	 * A connection to a node that has proved to be the pinned one, and has let the
	 * account in.
	 * @param method that is ready
	 * @throws NodeException when it did not come to that, or must not be tried again yet
	 */
	SshConnection logIn(Endpoint endpoint, Login login, AuthenticationMethod method) {
		Penalties.Place place = Penalties.Place.of(endpoint);
		boolean typed = !(login.secret() instanceof Secret.ManagementKey);
		String known = typed ? null : login.account() + " " + method.fingerprint();
		Duration rest = (known != null) ? this.penalties.beforeLogin(place, known)
				: this.penalties.beforeTypedLogin(place);
		if (!rest.isZero()) {
			throw NodeFailures.of(endpoint.address(), endpoint.port()).triedTooOften(rest);
		}
		SshConnection connection = dial(endpoint.address(), endpoint.port(), endpoint.hop());
		try {
			Authentication.logIn(connection, endpoint, login.account(), method);
		}
		catch (NodeException ex) {
			connection.close();
			note(place, connection.handshake(), known, ex);
			throw ex;
		}
		catch (RuntimeException ex) {
			connection.close();
			throw ex;
		}
		if (known != null) {
			this.penalties.noteLetIn(place, known);
		}
		return connection;
	}

	private void note(Penalties.Place place, Handshake handshake, @Nullable String known, NodeException failure) {
		if (known != null) {
			this.penalties.note(place, handshake, known, failure);
		}
		else {
			this.penalties.note(place, handshake, failure);
		}
	}

	private SshConnection jump(Hop hop, NodeFailures failures) {
		if (this.turns.size() >= MOST_JUMP_NODES) {
			this.turns.values().removeIf(Turns::areIdle);
		}
		Turns ofHop = this.turns.computeIfAbsent(hop, (jumpNode) -> new Turns());
		int taken = ofHop.take(this.patience);
		if (taken == 0) {
			throw failures.jumpNodeBusy(this.patience);
		}
		try {
			SshConnection jump = logIn(hop);
			ofHop.letIn = true;
			return jump;
		}
		catch (NodeException ex) {
			ofHop.letIn = false;
			throw failures.jumping(ex);
		}
		finally {
			ofHop.logins.release(taken);
		}
	}

	private SshConnection logIn(Hop hop) {
		Login login = new Login(hop.account(), Privilege.SELF,
				new Secret.ManagementKey(hop.managementKey(), List.of()));
		try (AuthenticationMethod method = this.methods.of(login.secret())) {
			method.ready();
			SshConnection jump = logIn(hop.endpoint(), login, method);
			jump.rest();
			return jump;
		}
	}

	/**
	 * The logins at one jump node. As long as it did not let Latchkey in, one at a time:
	 * many that are refused at once would have it turn Latchkey's address away.
	 */
	private static final class Turns {

		private final Semaphore logins = new Semaphore(LOGINS_AT_A_TIME, true);

		private volatile boolean letIn;

		boolean areIdle() {
			return this.logins.availablePermits() == LOGINS_AT_A_TIME;
		}

		/** Says how many were taken; 0 when there was no turn in time. */
		int take(Duration within) {
			int wanted = this.letIn ? 1 : LOGINS_AT_A_TIME;
			try {
				return this.logins.tryAcquire(wanted, within.toNanos(), TimeUnit.NANOSECONDS) ? wanted : 0;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return 0;
			}
		}

	}

}
