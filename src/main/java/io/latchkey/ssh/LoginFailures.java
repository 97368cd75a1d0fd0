package io.latchkey.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.ShownText;

/**
 * Why a handshake or a login with one node came to nothing, by what JSch says and what
 * the node had said before.
 */
final class LoginFailures {

	/** SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE (RFC 4253, section 11.1). */
	private static final int NO_MORE_METHODS = 14;

	/** What sshd says in place of its version string, from OpenSSH 9.8. */
	private static final String NOT_NOW = "Not allowed at this time";

	/** What sshd says in place of its version string, up to OpenSSH 9.7. */
	private static final String TOO_MANY_LOGINS = "Exceeded MaxStartups";

	private final String node;

	/**
	 * @param node its address and port, for a person
	 */
	LoginFailures(String node) {
		this.node = node;
	}

	/**
	 * The handshake or the login failed.
	 * @param refusal how a plain refusal is to be read
	 */
	NodeException of(JSchException ex, Watchdog watchdog, NodeSocket socket, Handshake handshake,
			PinnedHostKeys hostKeys, LoginRefusal refusal) {
		Watchdog.Expiry expiry = watchdog.expiry();
		if (expiry != null) {
			return FailureWords.timedOut(this.node, expiry.phase(), expiry.within(), ex);
		}
		if (ex instanceof JSchHostKeyException) {
			return hostKeyChanged(hostKeys, ex);
		}
		if (ex instanceof JSchAlgoNegoFailException disagreement) {
			return noCommonAlgorithm(disagreement);
		}
		if (ex instanceof JSchSessionDisconnectException disconnect && isRefusal(disconnect)) {
			return notLetIn(refusal.account(), FailureWords.messageOf(ex), ex);
		}
		if (socket.broken() == null && isRefusal(ex)) {
			return refused(refusal, FailureWords.messageOf(ex), ex);
		}
		return disconnected(ex, socket, handshake);
	}

	private NodeException hostKeyChanged(PinnedHostKeys hostKeys, JSchException ex) {
		byte[] key = hostKeys.shown();
		String shown = (key != null) ? Fingerprint.of(key).toString() : FailureWords.messageOf(ex);
		return new NodeException.HostKeyChanged(
				"%s: the node shows another host key than the pinned one: %s".formatted(this.node, shown), shown, ex);
	}

	private NodeException noCommonAlgorithm(JSchAlgoNegoFailException ex) {
		if (Disagreement.isAboutHostKeys(ex) && !hasPinnedTypeInOldForm(ex)) {
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
			return FailureWords.broke(this.node,
					"it does not speak SSH, but says \"%s\"".formatted(FailureWords.shortened(said)), ex);
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
		return FailureWords.broke(this.node, FailureWords.messageOf((broken != null) ? broken : ex), ex);
	}

	private NodeException turnedAway(String said, String from, JSchException ex) {
		FailureKind kind = said.contains(NOT_NOW) ? FailureKind.TURNED_AWAY_BY_PENALTY
				: FailureKind.TURNED_AWAY_BY_STARTUPS;
		return new NodeException(kind, "%s: sshd takes no connection from %s for now (\"%s\")".formatted(this.node,
				from, FailureWords.shortened(said)), List.of(from), ex);
	}

	/** JSch has no type of its own for a plain refusal. */
	private static boolean isRefusal(JSchException ex) {
		String message = ex.getMessage();
		return message != null && (message.startsWith("Auth fail") || message.startsWith("Auth cancel"));
	}

	private static boolean isRefusal(JSchSessionDisconnectException ex) {
		return ex.getReasonCode() == NO_MORE_METHODS
				|| FailureWords.messageOf(ex).contains("Too many authentication failures");
	}

}
