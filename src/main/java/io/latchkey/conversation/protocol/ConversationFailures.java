package io.latchkey.conversation.protocol;

import java.util.List;

import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.ShownText;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/** What can go wrong with one node once it has let Latchkey in, in words for a person. */
public final class ConversationFailures {

	/** What sshd says by itself, in its session.c, whatever the locale. */
	private static final String PASSWORD_EXPIRED = "Password change required but no TTY available";

	private final String node;

	private final Login login;

	/**
	 * @param node its address and port
	 */
	public ConversationFailures(String node, Login login) {
		this.node = node;
		this.login = login;
	}

	/** It let Latchkey in, and nothing of the script was heard. */
	public NodeException noise(String heard, String instead, @Nullable Exception ex) {
		return new NodeException(FailureKind.SHELL_NOISE, "%s: the login shell of %s printed \"%s\", and %s"
			.formatted(this.node, this.login.account(), heard, instead), List.of(this.login.account()), ex);
	}

	/** The node's side ended before it greeted. */
	public NodeException noGreeting(int exitStatus, String output, String errorOutput) {
		String said = ShownText.inOneLine(output + " " + errorOutput);
		if (this.login.privilege() == Privilege.SUDO && SudoRefusals.isSudos(errorOutput)) {
			return new NodeException(SudoRefusals.parse(errorOutput), "%s: sudo does not let %s act as root: %s"
				.formatted(this.node, this.login.account(), SudoRefusals.shortened(said)),
					List.of(this.login.account()), null);
		}
		if (errorOutput.contains(PASSWORD_EXPIRED)) {
			return new NodeException(FailureKind.PASSWORD_EXPIRED,
					"%s: %s must change its password at its next login".formatted(this.node, this.login.account()),
					null);
		}
		return new NodeException(FailureKind.NO_SHELL,
				"%s: the account has no shell that runs commands (exit status %d): %s".formatted(this.node, exitStatus,
						said.isEmpty() ? "no output" : said),
				null);
	}

	public NodeException notRoot(int uid) {
		return new NodeException(FailureKind.NOT_ROOT,
				"%s: Latchkey acts there as uid %d, not as root".formatted(this.node, uid), null);
	}

	public NodeException noHasher() {
		return new NodeException(FailureKind.TOOL_MISSING,
				"%s: there is no sha256sum, shasum, openssl, busybox or od on the node".formatted(this.node), null);
	}

	public NodeException unreadable(String what) {
		return new NodeException(FailureKind.ANSWER_UNREADABLE, "%s: %s".formatted(this.node, what), null);
	}

	public NodeException scriptFailed(int exitStatus, String errorOutput) {
		return new NodeException(FailureKind.SCRIPT_FAILED,
				"The script on the node ended with exit status %d: %s".formatted(exitStatus, errorOutput), null);
	}

	NodeException fileUnreadable(String account, String path, String code, String detail) {
		return new NodeException.FileUnreadable(
				"%s: %s of %s cannot be read: %s (%s)".formatted(this.node, path, account, code, detail), code);
	}

}
