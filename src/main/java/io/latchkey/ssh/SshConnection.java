package io.latchkey.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One SSH connection to a node under its {@link Watchdog}.
 */
public final class SshConnection implements AutoCloseable {

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

	private @Nullable NodeSession session;

	private final LoggedIn login = new LoggedIn();

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

	/** Its address and port, for a person. */
	public String node() {
		return this.failures.node();
	}

	/** The address by which the node was dialled. */
	String address() {
		return this.address;
	}

	NodeFailures failures() {
		return this.failures;
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
		made.setThreadFactory(this.threads);
		made.setSocketFactory(this.socket);
		this.session = NodeSession.of(made, hostKeys, configuration);
		return made;
	}

	/**
	 * Shakes hands and logs in. The watchdog keeps the deadlines; JSch's own is for its
	 * failing.
	 */
	void connect() throws JSchException {
		this.handshake.begin(Handshake.Step.KEY_EXCHANGE);
		try {
			connected().connect(this.properties.conversationTimeout());
		}
		finally {
			this.handshake.end();
		}
		this.login.begin();
		this.watchdog.expect(Phase.SHELL, this.properties.answerTimeout());
	}

	/** What is noted of its login. */
	LoggedIn login() {
		return this.login;
	}

	/** The one of Latchkey's own keys; null where it was another secret. */
	public @Nullable PublicKey letInBy() {
		return this.login.letInBy();
	}

	/**
	 * Serves another conversation. A node that is there opens a channel at once; a fresh
	 * login costs less than to wait for one that is not.
	 */
	void resume() {
		this.login.resume();
		this.watchdog.begin();
		this.watchdog.expect(Phase.SHELL, Collections.min(List.of(this.properties.connectTimeout(), RESUMED_WITHIN)));
	}

	/** Nothing is expected of it until it is resumed. */
	void rest() {
		this.watchdog.rest();
	}

	/** What its login took, or that it was kept and there was none. */
	public LoginTimes loginTimes() {
		return this.login.isResumed() ? LoginTimes.KEPT : this.handshake.times();
	}

	/** The signature algorithms that the node said it takes from public keys. */
	public Set<String> signatures() {
		return this.handshake.signatures();
	}

	/**
	 * Has the node run a command, and does not wait for it.
	 * @throws IOException when the channel cannot be opened
	 */
	public ExecChannel exec(String command) throws IOException {
		return connected().exec(command);
	}

	/** A channel to somewhere beyond the node that has still to be connected. */
	ChannelDirectTCPIP forward(String address, int port) throws JSchException {
		return connected().forward(address, port);
	}

	/** Ends it at once, without a goodbye. */
	void abandon() {
		this.socket.close();
		this.watchdog.close();
	}

	/** Neither a deadline has passed nor the connection been broken. */
	public boolean isUp() {
		return this.watchdog.expiry() == null && this.socket.broken() == null && connected().isConnected();
	}

	/** Whether a deadline has passed. */
	public boolean isOverdue() {
		return this.watchdog.expiry() != null;
	}

	/** What broke it, said in the words of its deadlines where one has passed. */
	public NodeException broken(Exception ex) {
		return this.failures.speaking(ex, this.watchdog, this.socket);
	}

	/**
	 * Why it came to no login.
	 * @param refusal how a plain refusal is to be read
	 */
	NodeException notLoggedIn(JSchException ex, PinnedHostKeys hostKeys, LoginRefusal refusal) {
		return this.failures.loggingIn(ex, this.watchdog, this.socket, this.handshake, hostKeys, refusal);
	}

	/** Notes in the failure in which session it came, and what its login took. */
	public NodeException noted(NodeException failure) {
		return failure.after(loginTimes(), this.handshake::text);
	}

	/**
	 * Whether one of this side's ends, of this connection or another that is open, is
	 * such a one.
	 */
	public boolean hasOwnEnd(Predicate<InetSocketAddress> wanted) {
		return this.socket.ownEnds().any(wanted);
	}

	/** How long each answer may take. */
	public Duration answerTimeout() {
		return this.properties.answerTimeout();
	}

	/** The node has that long for its next answer. */
	public void expectAnswer() {
		this.watchdog.expect(Phase.ANSWER, this.properties.answerTimeout());
	}

	/** Nothing is asked of the node at the moment. */
	public void expectNothing() {
		this.watchdog.expect(Phase.CONVERSATION, this.properties.conversationTimeout());
	}

	/** The software version of the banner (RFC 4253, section 4.2). */
	public String sshVersion() {
		return connected().sshVersion();
	}

	/** By which the node proved to be the pinned one. */
	public PublicKey hostKey() {
		return connected().hostKey();
	}

	private NodeSession connected() {
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
		abandon();
	}

}
