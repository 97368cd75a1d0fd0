package io.latchkey.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import io.latchkey.core.ShownDuration;

/**
 * Turns what Java and JSch say of one node into {@link NodeException}s. The only place
 * that knows their exceptions and texts.
 */
final class NodeFailures {

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
			return FailureWords.timedOut(this.node, Phase.ADDRESS, within, ex);
		}
		if (ex instanceof SocketTimeoutException) {
			return new NodeException.TimedOut(FailureKind.TIMED_OUT,
					"%s: no connection within %s".formatted(this.node, ShownDuration.of(within)), ex);
		}
		if (ex instanceof NoRouteToHostException || !(ex instanceof ConnectException) || !isRefused(ex)) {
			return new NodeException(FailureKind.NO_ROUTE,
					"%s: there is no way there (%s)".formatted(this.node, FailureWords.messageOf(ex)), ex);
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
			return FailureWords.timedOut(this.node, expiry.phase(), expiry.within(), ex);
		}
		return new NodeException(FailureKind.NO_ROUTE,
				"%s: the jump node does not connect there (%s)".formatted(this.node, FailureWords.messageOf(ex)), ex);
	}

	private NodeException neverDialled(Exception ex) {
		return new NodeException(FailureKind.NEVER_DIALLED,
				"%s: %s, where Latchkey connects to nothing".formatted(this.node, FailureWords.messageOf(ex)), ex);
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
		return new LoginFailures(this.node).of(ex, watchdog, socket, handshake, hostKeys, refusal);
	}

	/** What the node said must not be passed on. */
	NodeException repeatsPassword(String account) {
		return new LoginFailures(this.node).repeatsPassword(account);
	}

	/** A conversation that had begun broke. */
	NodeException speaking(Exception ex, Watchdog watchdog, NodeSocket socket) {
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return FailureWords.timedOut(this.node, expiry.phase(), expiry.within(), ex);
		}
		IOException broken = socket.broken();
		return FailureWords.broke(this.node, FailureWords.messageOf((broken != null) ? broken : ex), ex);
	}

	NodeException noHostKey(JSchAlgoNegoFailException cause) {
		return Disagreement.of(cause).failure(this.node);
	}

	private static boolean isRefused(Exception ex) {
		return FailureWords.messageOf(ex).toLowerCase(Locale.ROOT).contains("refused");
	}

}
