package io.latchkey.conversation.changes;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;

/**
 * Has a key pair (Ed25519, without a passphrase) made on the node, with the account's own
 * rights. Its private half stays there, only for the account; its public half stands
 * beside it in a file whose name ends with {@code .pub}. A pair that is there already
 * stays, and gets its public half back where that is missing.
 *
 * @param path one that this conversation observed for the account
 */
public record MakeKeyPair(String account, String path) implements FileChange<PairMaking> {

	@Override
	public String text(Peer peer) {
		return "keypair %s %s\n".formatted(NodeScript.accountWord(this.account), this.path);
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.SELDOM);
	}

	@Override
	public PairMaking read(Reply reply) throws IOException {
		String line = reply.line();
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new PairMaking.Failed(failed.group(1), failed.group(2));
		}
		if ("paired".equals(line)) {
			return new PairMaking.Paired();
		}
		throw new GrammarViolation("'paired' was expected", line);
	}

}
