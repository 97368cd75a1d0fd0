package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Asks what sshd makes of logins by password. That it cannot be asked is an answer.
 *
 * @param what {@code all}, with who has a password and who came by it, or
 * {@code settings}
 */
public record FindPasswordLogins(String what) implements Request<SshdLook> {

	/** With who has a password, and who came by it. */
	public static FindPasswordLogins all() {
		return new FindPasswordLogins("all");
	}

	/** What sshd is set to alone, which costs little. */
	public static FindPasswordLogins settings() {
		return new FindPasswordLogins("settings");
	}

	@Override
	public String text(Peer peer) {
		return "passwords %s\n".formatted(this.what);
	}

	@Override
	public List<NodeScript.Words> words() {
		return NodeScript.Words.FOR_PASSWORDS;
	}

	@Override
	public SshdLook read(Reply reply) throws IOException {
		String first = reply.line();
		Matcher failed = Grammar.FAILED.matcher(first);
		if (failed.matches()) {
			return new SshdLook.Unasked(failed.group(1), failed.group(2));
		}
		return new PasswordLoginsAnswer().read(first, reply::awaitLine);
	}

}
