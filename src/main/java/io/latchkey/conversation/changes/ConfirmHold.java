package io.latchkey.conversation.changes;

import java.io.IOException;
import java.util.List;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Ends a hold: the new file stays. To be said once a fresh login has proved that the new
 * file lets Latchkey in. The account needs not to be observed before.
 *
 * @param token of {@link WriteResult.Held}
 */
public record ConfirmHold(String account, String path, String token) implements Request<Confirmation> {

	@Override
	public String text(Peer peer) {
		return "confirm %s %s %s\n".formatted(NodeScript.requireToken(this.token), NodeScript.accountWord(this.account),
				NodeScript.requirePath(this.path));
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.HOLD);
	}

	@Override
	public Confirmation read(Reply reply) throws IOException {
		return Confirmation.parse("confirmed", reply.line());
	}

}
