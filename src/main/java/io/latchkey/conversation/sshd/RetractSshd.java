package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.List;

import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Has the node undo a change of sshd's configuration that is on trial at once:
 * {@link Confirmation.Confirmed} where it did, {@link Confirmation.Gone} where it had
 * already.
 *
 * @param token of {@link SshdChange.OnTrial}
 */
public record RetractSshd(String token) implements Request<Confirmation> {

	@Override
	public String text(Peer peer) {
		return "retract %s\n".formatted(NodeScript.requireToken(this.token));
	}

	@Override
	public List<NodeScript.Words> words() {
		return NodeScript.Words.FOR_PASSWORDS;
	}

	@Override
	public Confirmation read(Reply reply) throws IOException {
		return Confirmation.parse("retracted", reply.line());
	}

}
