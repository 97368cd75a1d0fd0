package io.latchkey.transport;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One SSH connection to a node under its {@link Watchdog}.
 */
final class SshConnection implements AutoCloseable {

	private static final Duration GOODBYE = Duration.ofSeconds(1);

	private static final Duration RESUMED_WITHIN = Duration.ofSeconds(2);

	private final String address;

	private final int port;

	private final TransportProperties properties;

	private final NodeSocket socket;

	private final Watchdog watchdog;

	private final NodeFailures failures;

	private final Handshake handshake;

	private final ThreadFactory threads;

	private @Nullable Session session;

	private long loggedInAt;

	private @Nullable PublicKey letInBy;

	SshConnection(String address, int port, TransportProperties properties, NodeSocket socket, Watchdog watchdog,
			NodeFailures failures, Handshake handshake, ThreadFactory threads) {
		this.address = address;
		this.port = port;
		this.properties = properties;
		this.socket = socket;
		this.watchdog = watchdog;
		this.failures = failures;
		this.handshake = handshake;
		this.threads = threads;
		handshake.breakBy(socket::breakOff);
	}

	/** As it was dialled. */
	String address() {
		return this.address;
	}

	NodeFailures failures() {
		return this.failures;
	}

	Watchdog watchdog() {
		return this.watchdog;
	}

	NodeSocket socket() {
		return this.socket;
	}

	Handshake handshake() {
		return this.handshake;
	}

	/** The node has shown that it is the pinned one; the login is what follows. */
	void hostKeyIsKnown() {
		this.handshake.begin(Handshake.Step.AUTHENTICATION);
		this.watchdog.expect(Phase.LOGIN, this.properties.authTimeout());
	}

	/** A session that has still to be connected. */
	Session session(JSch jsch, String account, PinnedHostKeys hostKeys, Map<String, String> configuration)
			throws JSchException {
		Session made = jsch.getSession(account, this.address, this.port);
		made.setLogger(this.handshake);
		made.setDaemonThread(true);
		made.setThreadFactory(this.threads);
		made.setSocketFactory(this.socket);
		made.setHostKeyRepository(hostKeys);
		made.setConfig("StrictHostKeyChecking", "yes");
		made.setConfig("prefer_known_host_key_types", "no");
		configuration.forEach(made::setConfig);
		this.session = made;
		return made;
	}

	/**
	 * Shakes hands and logs in. The watchdog keeps the deadlines; JSch's own is for its
	 * failing.
	 */
	void connect(Session made) throws JSchException {
		this.handshake.begin(Handshake.Step.KEY_EXCHANGE);
		try {
			made.connect((int) this.properties.conversationTimeout().toMillis());
		}
		catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException ex) {
			throw new JSchException("the node's packets make no sense", ex);
		}
		finally {
			this.handshake.end();
		}
		this.loggedInAt = System.nanoTime();
		this.watchdog.expect(Phase.SHELL, this.properties.answerTimeout());
	}

	void noteLetInBy(@Nullable PublicKey key) {
		this.letInBy = key;
	}

	/** The one of Latchkey's own keys; null where it was another secret. */
	@Nullable PublicKey letInBy() {
		return this.letInBy;
	}

	/**
	 * Serves another conversation. A node that is there opens a channel at once; a fresh
	 * login costs less than to wait for one that is not.
	 */
	void resume() {
		this.watchdog.begin();
		Duration within = this.properties.connectTimeout();
		this.watchdog.expect(Phase.SHELL, (within.compareTo(RESUMED_WITHIN) < 0) ? within : RESUMED_WITHIN);
	}

	/** Nothing is expected of it until it is resumed. */
	void rest() {
		this.watchdog.rest();
	}

	/** How long ago the login was, in nanoseconds. */
	long age() {
		return System.nanoTime() - this.loggedInAt;
	}

	/** A channel that has still to be connected. */
	ChannelExec exec() throws JSchException {
		return (ChannelExec) connected().openChannel("exec");
	}

	/** A channel to somewhere beyond the node that has still to be connected. */
	ChannelDirectTCPIP forward(String address, int port) throws JSchException {
		return (ChannelDirectTCPIP) connected().getStreamForwarder(address, port);
	}

	/** Ends it at once, without a goodbye. */
	void abandon() {
		this.socket.close();
		this.watchdog.close();
	}

	/** Neither a deadline has passed nor the connection been broken. */
	boolean isUp() {
		return this.watchdog.expiry() == null && this.socket.broken() == null && connected().isConnected();
	}

	Duration answerTimeout() {
		return this.properties.answerTimeout();
	}

	void expectAnswer() {
		this.watchdog.expect(Phase.ANSWER, this.properties.answerTimeout());
	}

	void expectNothing() {
		this.watchdog.expect(Phase.CONVERSATION, this.properties.conversationTimeout());
	}

	/** The software version of the banner (RFC 4253, section 4.2). */
	String sshVersion() {
		String banner = connected().getServerVersion();
		String software = banner.substring(banner.indexOf('-', "SSH-".length()) + 1);
		String version = ErrorOutput.oneLine(software.split(" ", 2)[0]);
		return version.substring(0, Math.min(version.length(), 100));
	}

	/** By which the node proved to be the pinned one. */
	PublicKey hostKey() {
		try {
			return PublicKey.of(Base64.getDecoder().decode(connected().getHostKey().getKey()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("The node was known by what is no key", ex);
		}
	}

	private Session connected() {
		if (this.session == null) {
			throw new IllegalStateException("There is no session yet");
		}
		return this.session;
	}

	@Override
	public void close() {
		this.watchdog.expect(Phase.CONVERSATION, GOODBYE);
		if (this.session != null) {
			this.session.disconnect();
		}
		this.socket.close();
		this.watchdog.close();
	}

}
