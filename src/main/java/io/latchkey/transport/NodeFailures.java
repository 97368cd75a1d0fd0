package io.latchkey.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Java and JSch say of one node into {@link NodeException}s. The only place
 * that knows their exceptions and texts.
 */
final class NodeFailures {

	/** SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE (RFC 4253, section 11.1). */
	private static final int NO_MORE_METHODS = 14;

	/** What sshd says by itself, in its session.c, whatever the locale. */
	private static final String PASSWORD_EXPIRED = "Password change required but no TTY available";

	private final String node;

	/**
	 * @param node its address and port, for a person
	 */
	NodeFailures(String node) {
		this.node = node;
	}

	static NodeFailures of(String address, int port) {
		return new NodeFailures(address.contains(":") ? "[%s]:%d".formatted(address, port) : address + ":" + port);
	}

	/** The name could not be resolved, or the connection not be made. */
	NodeException connecting(Exception ex, Duration within) {
		if (ex instanceof UnknownHostException) {
			return new NodeException.NoRoute("%s: the address cannot be resolved".formatted(this.node), ex);
		}
		if (ex instanceof TimeoutException) {
			return timedOut(Phase.ADDRESS, within, ex);
		}
		if (ex instanceof SocketTimeoutException) {
			return new NodeException.TimedOut("%s: no connection within %s".formatted(this.node, text(within)), ex);
		}
		if (ex instanceof NoRouteToHostException || !(ex instanceof ConnectException) || !isRefused(ex)) {
			return new NodeException.NoRoute("%s: there is no way there (%s)".formatted(this.node, messageOf(ex)), ex);
		}
		return new NodeException.Refused("%s: nothing listens there".formatted(this.node), ex);
	}

	/** The jump node, to which Latchkey has logged in, did not connect there. */
	NodeException forwarding(Exception ex, Watchdog watchdog) {
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return timedOut(expiry.phase(), expiry.within(), ex);
		}
		return new NodeException.NoRoute(
				"%s: the jump node does not connect there (%s)".formatted(this.node, messageOf(ex)), ex);
	}

	/** Latchkey is not at the jump node. */
	NodeException jumping(NodeException ex) {
		return new NodeException.NoRoute("%s: the jump node cannot be used: %s".formatted(this.node, ex.getMessage()),
				ex);
	}

	/** Too many others are being logged in to it. */
	NodeException jumpNodeBusy(Duration within) {
		return new NodeException.TimedOut("%s: no turn at the jump node within %s".formatted(this.node, text(within)),
				null);
	}

	/** The handshake or the login failed. */
	NodeException loggingIn(JSchException ex, Watchdog watchdog, NodeSocket socket, PinnedHostKeys hostKeys,
			String account) {
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return timedOut(expiry.phase(), expiry.within(), ex);
		}
		if (ex instanceof JSchHostKeyException) {
			return hostKeyChanged(hostKeys, ex);
		}
		if (ex instanceof JSchAlgoNegoFailException disagreement) {
			return noCommonAlgorithm(disagreement);
		}
		if (ex instanceof JSchSessionDisconnectException disconnect && isRefusal(disconnect)) {
			return notLetIn(account, ex);
		}
		if (socket.broken() == null && isRefusal(ex)) {
			return notLetIn(account, ex);
		}
		return disconnected(ex, socket);
	}

	/** A conversation that had begun broke. */
	NodeException speaking(Exception ex, Watchdog watchdog, NodeSocket socket) {
		Watchdog.Expiry expiry = watchdog.expiry();
		return (expiry != null) ? timedOut(expiry.phase(), expiry.within(), ex) : disconnected(ex, socket);
	}

	static boolean isAboutHostKeys(JSchAlgoNegoFailException ex) {
		return "server_host_key".equals(ex.getAlgorithmName());
	}

	/** The node's side ended before it greeted. */
	NodeException noGreeting(Login login, int exitStatus, String output, String errorOutput) {
		String said = ErrorOutput.oneLine(output + " " + errorOutput);
		if (login.privilege() == Privilege.SUDO && SudoRefusals.isSudos(errorOutput)) {
			return new NodeException.NoSudo("%s: sudo does not let %s act as root: %s".formatted(this.node,
					login.account(), SudoRefusals.shortened(said)), SudoRefusals.parse(errorOutput), login.account());
		}
		if (errorOutput.contains(PASSWORD_EXPIRED)) {
			return new NodeException.PasswordExpired(
					"%s: %s must change its password at its next login".formatted(this.node, login.account()));
		}
		return new NodeException.NoShell("%s: the account has no shell that runs commands (exit status %d): %s"
			.formatted(this.node, exitStatus, said.isEmpty() ? "no output" : said));
	}

	NodeException notRoot(int uid) {
		return new NodeException.NotRoot("%s: Latchkey acts there as uid %d, not as root".formatted(this.node, uid));
	}

	NodeException noHasher() {
		return new NodeException.ToolMissing(
				"%s: there is no sha256sum, shasum, openssl, busybox or od on the node".formatted(this.node));
	}

	NodeException unreadable(String what) {
		return new NodeException.AnswerUnreadable("%s: %s".formatted(this.node, what));
	}

	NodeException fileUnreadable(String account, String path, String code, String detail) {
		return new NodeException.FileUnreadable(
				"%s: %s of %s cannot be read: %s (%s)".formatted(this.node, path, account, code, detail), code);
	}

	NodeException noHostKey(@Nullable JSchAlgoNegoFailException cause) {
		return new NodeException.NoCommonAlgorithm("%s: no common algorithm for the host key; the node has %s"
			.formatted(this.node, (cause != null) ? ErrorOutput.oneLine(cause.getServerProposal()) : "none"), cause);
	}

	private NodeException hostKeyChanged(PinnedHostKeys hostKeys, JSchException ex) {
		byte[] key = hostKeys.shown();
		String shown = (key != null) ? Fingerprint.of(key).toString() : messageOf(ex);
		return new NodeException.HostKeyChanged(
				"%s: the node shows another host key than the pinned one: %s".formatted(this.node, shown), shown, ex);
	}

	private NodeException noCommonAlgorithm(JSchAlgoNegoFailException ex) {
		if (isAboutHostKeys(ex) && !hasPinnedTypeInOldForm(ex)) {
			String shown = ErrorOutput.oneLine(ex.getServerProposal());
			return new NodeException.HostKeyChanged("%s: the node has no host key of the pinned type %s, but %s"
				.formatted(this.node, ex.getJSchProposal(), shown), shown, ex);
		}
		return new NodeException.NoCommonAlgorithm("%s: no common algorithm for %s; the node has %s"
			.formatted(this.node, ex.getAlgorithmName(), ErrorOutput.oneLine(ex.getServerProposal())), ex);
	}

	/** It has the RSA key that is pinned, and signs with SHA-1 alone. */
	private static boolean hasPinnedTypeInOldForm(JSchAlgoNegoFailException ex) {
		return ex.getJSchProposal().contains("rsa-sha2-")
				&& Arrays.asList(ex.getServerProposal().split(",")).contains("ssh-rsa");
	}

	private NodeException notLetIn(String account, JSchException ex) {
		return new NodeException.NotLetIn("%s: %s was not let in (%s)".formatted(this.node, account, messageOf(ex)),
				ex);
	}

	/** What the node said must not be passed on. */
	NodeException repeatsPassword(String account) {
		return new NodeException.NotLetIn(
				"%s: %s was not let in (what the node says is not shown: it repeats the password)".formatted(this.node,
						account),
				null);
	}

	private NodeException disconnected(Exception ex, NodeSocket socket) {
		IOException broken = socket.broken();
		return new NodeException.Disconnected(
				"%s: the connection broke (%s)".formatted(this.node, messageOf((broken != null) ? broken : ex)), ex);
	}

	private NodeException timedOut(Phase phase, Duration within, Exception ex) {
		return new NodeException.TimedOut("%s: %s within %s".formatted(this.node, phase.missing(), text(within)), ex);
	}

	/** JSch has no type of its own for a plain refusal. */
	private static boolean isRefusal(JSchException ex) {
		String message = ex.getMessage();
		return message != null && (message.startsWith("Auth fail") || message.startsWith("Auth cancel"));
	}

	private static boolean isRefusal(JSchSessionDisconnectException ex) {
		return ex.getReasonCode() == NO_MORE_METHODS || messageOf(ex).contains("Too many authentication failures");
	}

	private static boolean isRefused(Exception ex) {
		return messageOf(ex).toLowerCase(Locale.ROOT).contains("refused");
	}

	private static String messageOf(Exception ex) {
		String message = ex.getMessage();
		return (message != null) ? ErrorOutput.oneLine(message) : ex.getClass().getSimpleName();
	}

	static String text(Duration duration) {
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
