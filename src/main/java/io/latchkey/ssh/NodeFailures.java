package io.latchkey.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import io.latchkey.core.ShownDuration;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.ShownText;

/**
 * Turns what Java and JSch say of one node into {@link NodeException}s. The only place
 * that knows their exceptions and texts.
 */
final class NodeFailures {

	/** SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE (RFC 4253, section 11.1). */
	private static final int NO_MORE_METHODS = 14;

	/** What sshd says in place of its version string, from OpenSSH 9.8. */
	private static final String NOT_NOW = "Not allowed at this time";

	/** What sshd says in place of its version string, up to OpenSSH 9.7. */
	private static final String TOO_MANY_LOGINS = "Exceeded MaxStartups";

	private static final int MOST_SAID = 200;

	private final String node;

	/**
	 * @param node its address and port, for a person
	 */
	NodeFailures(String node) {
		this.node = node;
	}

	String node() {
		return this.node;
	}

	static NodeFailures of(String address, int port) {
		return new NodeFailures(address.contains(":") ? "[%s]:%d".formatted(address, port) : address + ":" + port);
	}

	/** The name could not be resolved, or the connection not be made. */
	NodeException connecting(Exception ex, Duration within) {
		if (ex instanceof NeverDialledException) {
			return neverDialled(ex);
		}
		if (ex instanceof UnknownHostException) {
			return new NodeException(FailureKind.NO_ROUTE, "%s: the address cannot be resolved".formatted(this.node),
					ex);
		}
		if (ex instanceof TimeoutException) {
			return timedOut(Phase.ADDRESS, within, ex);
		}
		if (ex instanceof SocketTimeoutException) {
			return new NodeException.TimedOut(FailureKind.TIMED_OUT,
					"%s: no connection within %s".formatted(this.node, ShownDuration.of(within)), ex);
		}
		if (ex instanceof NoRouteToHostException || !(ex instanceof ConnectException) || !isRefused(ex)) {
			return new NodeException(FailureKind.NO_ROUTE,
					"%s: there is no way there (%s)".formatted(this.node, messageOf(ex)), ex);
		}
		return new NodeException(FailureKind.REFUSED, "%s: nothing listens there".formatted(this.node), ex);
	}

	/** The jump node, to which Latchkey has logged in, did not connect there. */
	NodeException forwarding(Exception ex, Watchdog watchdog) {
		if (ex instanceof NeverDialledException) {
			return neverDialled(ex);
		}
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return timedOut(expiry.phase(), expiry.within(), ex);
		}
		return new NodeException(FailureKind.NO_ROUTE,
				"%s: the jump node does not connect there (%s)".formatted(this.node, messageOf(ex)), ex);
	}

	private NodeException neverDialled(Exception ex) {
		return new NodeException(FailureKind.NEVER_DIALLED,
				"%s: %s, where Latchkey connects to nothing".formatted(this.node, messageOf(ex)), ex);
	}

	/**
	 * Latchkey is not at the jump node. That it is to be left alone there counts here.
	 */
	NodeException jumping(NodeException ex) {
		String message = "%s: the jump node cannot be used: %s".formatted(this.node, ex.getMessage());
		return switch (ex.kind()) {
			case TURNED_AWAY_BY_PENALTY, TURNED_AWAY_BY_STARTUPS ->
				new NodeException(ex.kind(), message, ex.remedyArguments(), ex);
			case TRIED_TOO_OFTEN -> new NodeException.TriedTooOften(message, ex.rest());
			default -> new NodeException.NoWayThrough(message, ex);
		};
	}

	/** One more try may cost Latchkey the way in. */
	NodeException triedTooOften(Duration rest) {
		return new NodeException.TriedTooOften(
				"%s: not tried, as Latchkey came there too often without being let in".formatted(this.node), rest);
	}

	/** Too many others are being logged in to it. */
	NodeException jumpNodeBusy(Duration within) {
		return new NodeException.TimedOut(FailureKind.TIMED_OUT,
				"%s: no turn at the jump node within %s".formatted(this.node, ShownDuration.of(within)), null);
	}

	/**
	 * The handshake or the login failed.
	 * @param refusal how a plain refusal is to be read
	 */
	NodeException loggingIn(JSchException ex, Watchdog watchdog, NodeSocket socket, Handshake handshake,
			PinnedHostKeys hostKeys, LoginRefusal refusal) {
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
			return notLetIn(refusal.account(), messageOf(ex), ex);
		}
		if (socket.broken() == null && isRefusal(ex)) {
			return refused(refusal, messageOf(ex), ex);
		}
		return disconnected(ex, socket, handshake);
	}

	/** A conversation that had begun broke. */
	NodeException speaking(Exception ex, Watchdog watchdog, NodeSocket socket) {
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return timedOut(expiry.phase(), expiry.within(), ex);
		}
		IOException broken = socket.broken();
		return broke(messageOf((broken != null) ? broken : ex), ex);
	}

	static boolean isAboutHostKeys(JSchAlgoNegoFailException ex) {
		return "server_host_key".equals(ex.getAlgorithmName());
	}

	NodeException noHostKey(JSchAlgoNegoFailException cause) {
		return Disagreement.of(cause).failure(this.node);
	}

	private NodeException hostKeyChanged(PinnedHostKeys hostKeys, JSchException ex) {
		byte[] key = hostKeys.shown();
		String shown = (key != null) ? Fingerprint.of(key).toString() : messageOf(ex);
		return new NodeException.HostKeyChanged(
				"%s: the node shows another host key than the pinned one: %s".formatted(this.node, shown), shown, ex);
	}

	private NodeException noCommonAlgorithm(JSchAlgoNegoFailException ex) {
		if (isAboutHostKeys(ex) && !hasPinnedTypeInOldForm(ex)) {
			String shown = ShownText.inOneLine(ex.getServerProposal());
			return new NodeException.HostKeyChanged("%s: the node has no host key of the pinned type %s, but %s"
				.formatted(this.node, ex.getJSchProposal(), shown), shown, ex);
		}
		return Disagreement.of(ex).failure(this.node);
	}

	/** It has the RSA key that is pinned, and signs with SHA-1 alone. */
	private static boolean hasPinnedTypeInOldForm(JSchAlgoNegoFailException ex) {
		return ex.getJSchProposal().contains("rsa-sha2-")
				&& Arrays.asList(ex.getServerProposal().split(",")).contains("ssh-rsa");
	}

	private NodeException refused(LoginRefusal refusal, String said, JSchException ex) {
		String account = refusal.account();
		String methods = refusal.methodsIn(said);
		return switch (refusal.kindOf(methods)) {
			case MORE_ASKED -> new NodeException(FailureKind.MORE_ASKED,
					"%s: %s was not let in: sshd took what it was offered, and asks for %s as well".formatted(this.node,
							account, methods),
					List.of(account, methods), ex);
			case NOT_TAKEN -> new NodeException(FailureKind.METHOD_NOT_TAKEN,
					"%s: %s was not let in: sshd takes no password, but %s".formatted(this.node, account, methods),
					List.of(account, methods), ex);
			case REFUSED -> notLetIn(account, refusal.plain(said), ex);
		};
	}

	private NodeException notLetIn(String account, String said, JSchException ex) {
		return new NodeException.NotLetIn("%s: %s was not let in (%s)".formatted(this.node, account, said), ex);
	}

	/** What the node said must not be passed on. */
	NodeException repeatsPassword(String account) {
		return new NodeException.NotLetIn(
				"%s: %s was not let in (what the node says is not shown: it repeats the password)".formatted(this.node,
						account),
				null);
	}

	/** Before it let Latchkey in. */
	private NodeException disconnected(JSchException ex, NodeSocket socket, Handshake handshake) {
		IOException broken = socket.broken();
		String said = socket.preamble().isOver() ? "" : socket.preamble().line();
		if (said.contains(NOT_NOW) || said.contains(TOO_MANY_LOGINS)) {
			return turnedAway(said, socket.from(), ex);
		}
		if (!said.isEmpty()) {
			return broke("it does not speak SSH, but says \"%s\"".formatted(shortened(said)), ex);
		}
		if (broken != null && !socket.preamble().isOver()) {
			return new NodeException(FailureKind.CLOSED_BEFORE_A_WORD,
					"%s: the connection was closed before sshd said anything".formatted(this.node), ex);
		}
		if (broken instanceof EOFException && handshake.times().authentication() != null) {
			return new NodeException(FailureKind.CLOSED_AT_LOGIN,
					"%s: sshd closed the connection when it was asked to log in, without an answer"
						.formatted(this.node),
					ex);
		}
		return broke(messageOf((broken != null) ? broken : ex), ex);
	}

	private NodeException broke(String why, Exception ex) {
		return new NodeException(FailureKind.DISCONNECTED, "%s: the connection broke (%s)".formatted(this.node, why),
				ex);
	}

	private NodeException turnedAway(String said, String from, JSchException ex) {
		FailureKind kind = said.contains(NOT_NOW) ? FailureKind.TURNED_AWAY_BY_PENALTY
				: FailureKind.TURNED_AWAY_BY_STARTUPS;
		return new NodeException(kind,
				"%s: sshd takes no connection from %s for now (\"%s\")".formatted(this.node, from, shortened(said)),
				List.of(from), ex);
	}

	private static String shortened(String said) {
		return said.substring(0, Math.min(said.length(), MOST_SAID));
	}

	private NodeException timedOut(Phase phase, Duration within, Exception ex) {
		return new NodeException.TimedOut(phase.isAfterLogin() ? FailureKind.TIMED_OUT_LET_IN : FailureKind.TIMED_OUT,
				"%s: %s within %s".formatted(this.node, phase.missing(), ShownDuration.of(within)), ex);
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
		return (message != null) ? ShownText.inOneLine(message) : ex.getClass().getSimpleName();
	}

}
