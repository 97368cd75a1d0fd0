package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.util.List;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Asks what may keep logins as an account from working. What the account controls is
 * looked at with its own rights.
 *
 * @param path of the file of keys that sshd reads for it, as far as it is known
 */
public record ExamineAccount(String account, String path) implements Request<AccountExamination> {

	@Override
	public String text(Peer peer) {
		return "examine %s %s\n".formatted(NodeScript.accountWord(this.account), NodeScript.requirePath(this.path));
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD, NodeScript.Words.DOCTOR);
	}

	@Override
	public AccountExamination read(Reply reply) throws IOException {
		return new ExaminationAnswer().read(reply::awaitLine);
	}

}
