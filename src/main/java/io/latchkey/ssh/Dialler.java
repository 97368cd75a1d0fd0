package io.latchkey.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.jcraft.jsch.JSchException;

/**
 * Makes connections to nodes that nobody has logged in to yet. Resolving a name and
 * connecting share one deadline.
 */
final class Dialler {

	private final TransportProperties properties;

	private final NeverDialled neverDialled;

	private final ExecutorService resolver = NodeThreads.resolver();

	private final ScheduledExecutorService timer;

	private final ThreadFactory threads = NodeThreads.factory();

	private final OwnEnds ownEnds = new OwnEnds();

	Dialler(TransportProperties properties, ScheduledExecutorService timer) {
		this.properties = properties;
		this.neverDialled = NeverDialled.of(properties.neverDialled());
		this.timer = timer;
	}

	/**
	 * @throws NodeException when there is no connection
	 */
	SshConnection dial(String address, int port) {
		Handshake handshake = new Handshake();
		NodeFailures failures = NodeFailures.of(address, port);
		Duration within = this.properties.connectTimeout();
		long deadline = System.nanoTime() + within.toNanos();
		try {
			NodeSocket socket = NodeSocket.connect(resolve(address, within), port, deadline, this.ownEnds,
					this.neverDialled);
			Watchdog watchdog = new Watchdog(this.timer, this.properties.conversationTimeout(), socket::close);
			watchdog.expectBy(deadline, Phase.HOST_KEY, within);
			return new SshConnection(address, port, this.properties, socket, watchdog, failures, handshake,
					this.threads);
		}
		catch (IOException | TimeoutException ex) {
			handshake.end();
			throw handshake.noted(failures.connecting(ex, within));
		}
	}

	/**
	 * The jump node looks the address up, as by OpenSSH's {@code ProxyJump}.
	 * @param jump is logged in to, and left to the connection
	 * @throws NodeException when there is no connection
	 */
	SshConnection dialThrough(SshConnection jump, String address, int port) {
		Handshake handshake = new Handshake();
		NodeFailures failures = NodeFailures.of(address, port);
		Duration within = this.properties.connectTimeout();
		long deadline = System.nanoTime() + within.toNanos();
		Watchdog watchdog = new Watchdog(this.timer, this.properties.conversationTimeout(), jump::abandon);
		watchdog.expectBy(deadline, Phase.HOST_KEY, within);
		try {
			this.neverDialled.checkLiteral(address);
			NodeSocket socket = ForwardedSocket.open(jump, address, port, within);
			return new SshConnection(address, port, this.properties, socket, watchdog, failures, handshake,
					this.threads);
		}
		catch (IOException | JSchException ex) {
			watchdog.close();
			handshake.end();
			throw handshake.noted(failures.forwarding(ex, watchdog));
		}
	}

	/** Once for each conversation; Java's own look-up knows no deadline. */
	private InetAddress[] resolve(String address, Duration within) throws IOException, TimeoutException {
		Future<InetAddress[]> addresses = this.resolver.submit(() -> InetAddress.getAllByName(address));
		try {
			return addresses.get(within.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw (IOException) new UnknownHostException(address).initCause(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		finally {
			addresses.cancel(true);
		}
	}

}
