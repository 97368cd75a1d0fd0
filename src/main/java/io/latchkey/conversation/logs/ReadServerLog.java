package io.latchkey.conversation.logs;

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
 * Asks what the node's SSH server logged since the last time. That it cannot be read is
 * an answer.
 *
 * @param token with which each part of the answer ends
 */
public record ReadServerLog(LogPosition from, String token) implements Request<ServerLog> {

	public static ReadServerLog from(LogPosition from) {
		return new ReadServerLog(from, RandomToken.next());
	}

	@Override
	public String text(Peer peer) {
		return "log " + position();
	}

	/** The same without its word, for those who know no other. */
	public String position() {
		return "%s %s\n".formatted(this.token, this.from.request());
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.SSHD_LOG);
	}

	@Override
	public ServerLog read(Reply reply) throws IOException {
		LogParts parts = new LogParts(this.from);
		String line = reply.awaitLine();
		while (LogParts.isPart(line)) {
			parts.add(line, reply.bytesUntil(this.token, LogParts.MOST_BYTES));
			line = reply.awaitLine();
		}
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return ServerLog.unreadable(this.from, failed.group(2));
		}
		if (!"logged".equals(line)) {
			throw new GrammarViolation("'part' or 'logged' was expected", line);
		}
		return parts.end();
	}

}
