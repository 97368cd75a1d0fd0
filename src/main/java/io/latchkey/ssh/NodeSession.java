package io.latchkey.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import io.latchkey.openssh.ShownText;

/** The session with one node, as JSch has it. */
final class NodeSession {

	private static final int LONGEST_VERSION = 100;

	private final Session session;

	private NodeSession(Session session) {
		this.session = session;
	}

	/**
	 * @param made which has still to be connected
	 * @param hostKeys no other is taken, whatever JSch would do by default
	 */
	static NodeSession of(Session made, PinnedHostKeys hostKeys, Map<String, String> configuration) {
		made.setDaemonThread(true);
		made.setHostKeyRepository(hostKeys);
		made.setConfig("StrictHostKeyChecking", "yes");
		made.setConfig("prefer_known_host_key_types", "no");
		configuration.forEach(made::setConfig);
		return new NodeSession(made);
	}

	/**
	 * Shakes hands and logs in.
	 * @param within JSch's own deadline
	 */
	void connect(Duration within) throws JSchException {
		try {
			this.session.connect((int) within.toMillis());
		}
		catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException ex) {
			throw new JSchException("the node's packets make no sense", ex);
		}
	}

	boolean isConnected() {
		return this.session.isConnected();
	}

	ExecChannel exec(String command) throws IOException {
		try {
			return ExecChannel.open((ChannelExec) this.session.openChannel("exec"), command);
		}
		catch (JSchException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	ChannelDirectTCPIP forward(String address, int port) throws JSchException {
		return (ChannelDirectTCPIP) this.session.getStreamForwarder(address, port);
	}

	/** The software version of the banner (RFC 4253, section 4.2). */
	String sshVersion() {
		String banner = this.session.getServerVersion();
		String software = banner.substring(banner.indexOf('-', "SSH-".length()) + 1);
		String version = ShownText.inOneLine(software.split(" ", 2)[0]);
		return version.substring(0, Math.min(version.length(), LONGEST_VERSION));
	}

	/** By which the node proved to be the pinned one. */
	PublicKey hostKey() {
		try {
			return PublicKey.of(Base64.getDecoder().decode(this.session.getHostKey().getKey()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("The node was known by what is no key", ex);
		}
	}

	void disconnect() {
		this.session.disconnect();
	}

}
