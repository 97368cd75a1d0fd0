package io.latchkey.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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

	private final Dialler dialler;

	private final Duration patience;

	private final Function<Secret.ManagementKey, Entry> managementKeys;

	private final Map<Hop, Semaphore> logins = new ConcurrentHashMap<>();

	Routes(Dialler dialler, TransportProperties properties, Function<Secret.ManagementKey, Entry> managementKeys) {
		this.dialler = dialler;
		this.patience = properties.conversationTimeout();
		this.managementKeys = managementKeys;
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

	private SshConnection jump(Hop hop, NodeFailures failures) {
		Semaphore turns = this.logins.computeIfAbsent(hop, (jumpNode) -> new Semaphore(LOGINS_AT_A_TIME, true));
		try {
			if (!turns.tryAcquire(this.patience.toNanos(), TimeUnit.NANOSECONDS)) {
				throw failures.jumpNodeBusy(this.patience);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failures.jumpNodeBusy(this.patience);
		}
		try {
			return logIn(hop);
		}
		catch (NodeException ex) {
			throw failures.jumping(ex);
		}
		finally {
			turns.release();
		}
	}

	private SshConnection logIn(Hop hop) {
		Endpoint endpoint = hop.endpoint();
		try (Entry entry = Entry.of(new Secret.ManagementKey(hop.managementKey(), List.of()), this.managementKeys)) {
			entry.ready();
			SshConnection jump = dial(endpoint.address(), endpoint.port(), endpoint.hop());
			try {
				Authentication.logIn(jump, endpoint, hop.account(), entry);
				jump.rest();
				return jump;
			}
			catch (RuntimeException ex) {
				jump.close();
				throw ex;
			}
		}
	}

}
