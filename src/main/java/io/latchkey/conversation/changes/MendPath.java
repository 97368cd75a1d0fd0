package io.latchkey.conversation.changes;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.RandomToken;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Has something put right at one path. With the account's own rights, but for what is
 * root's own where nobody else can turn the way to it.
 */
public record MendPath(String account, NodeMend mend) implements Request<MendResult> {

	/** Names what is kept by {@link NodeMend.MakeOwn} and {@link NodeMend.SetAside}. */
	public static String nextToken() {
		return RandomToken.next();
	}

	@Override
	public String text(Peer peer) {
		return "mend %s %s %s\n".formatted(NodeScript.accountWord(this.account), this.mend.words(),
				NodeScript.requirePath(this.mend.path()));
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.MENDS);
	}

	@Override
	public MendResult read(Reply reply) throws IOException {
		String line = reply.line();
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new MendResult.Failed(failed.group(1), failed.group(2));
		}
		return switch (line) {
			case "mended" -> new MendResult.Mended();
			case "changed" -> new MendResult.Changed();
			default -> throw new GrammarViolation("'mended' or 'changed' was expected", line);
		};
	}

}
