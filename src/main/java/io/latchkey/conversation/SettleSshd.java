package io.latchkey.conversation;

import java.io.IOException;
import java.util.List;

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
