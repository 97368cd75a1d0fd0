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
 * Removes an account's file, with the account's own rights.
 *
 * @param path one that this conversation observed for the account
 * @param expectedHash the hash of what is to be removed
 */
public record RemoveFile(String account, String path, String expectedHash) implements FileChange<Removal> {

	@Override
	public String text(Peer peer) {
		return "remove %s %s %s\n".formatted(NodeScript.accountWord(this.account),
				NodeScript.requireHash(this.expectedHash), this.path);
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.SELDOM);
	}

	@Override
	public Removal read(Reply reply) throws IOException {
		String line = reply.line();
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new Removal.Failed(failed.group(1), failed.group(2));
		}
		if ("removed".equals(line)) {
			return new Removal.Removed();
		}
		if (Grammar.CHANGED.matcher(line).matches()) {
			return new Removal.Changed();
		}
		throw new GrammarViolation("'removed' or 'changed' was expected", line);
	}

}
