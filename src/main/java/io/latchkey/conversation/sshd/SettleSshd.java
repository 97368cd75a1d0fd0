package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.List;

import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Ends the trial of a change of sshd's configuration: it stays. To be said in a fresh
 * login, which proves that sshd lets Latchkey in.
 *
 * @param token of {@link SshdChange.OnTrial}
 */
public record SettleSshd(String token) implements Request<Confirmation> {

	@Override
	public String text(Peer peer) {
		return "settle %s\n".formatted(NodeScript.requireToken(this.token));
	}

	@Override
	public List<NodeScript.Words> words() {
		return NodeScript.Words.FOR_PASSWORDS;
	}

	@Override
	public Confirmation read(Reply reply) throws IOException {
		return Confirmation.parse("settled", reply.line());
	}

}
