package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a second sshd that takes one login and says all that it does
 * ({@code sshd -ddd}). It has the configuration of the one that listens, one port of its
 * own, and lets nothing be done by the login. The node ends it with the login, with its
 * time, and with the conversation.
 *
 * @param <R> what is answered
 */
public sealed interface DebugSshd<R> extends Request<R> {

	@Override
	default List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD, NodeScript.Words.DEBUG_SSHD);
	}

	/**
	 * Starts it.
	 *
	 * @param seconds after which it ends at the latest
	 */
	record Start(int seconds) implements DebugSshd<Started> {

		private static final Pattern STARTED = Pattern.compile("debugging (\\d{1,5})");

		private static final Pattern FAILED = Pattern.compile("failed ([a-z-]{1,20}) (.{1,300})");

		@Override
		public String text(Peer peer) {
			return "debug start %d\n".formatted(this.seconds);
		}

		@Override
		public Started read(Reply reply) throws IOException {
			String line = reply.awaitLine();
			Matcher started = STARTED.matcher(line);
			if (started.matches()) {
				return new Started(Integer.parseInt(started.group(1)), null, "");
			}
			Matcher failed = FAILED.matcher(line);
			if (!failed.matches()) {
				throw new GrammarViolation("a port or a failure", line);
			}
			return new Started(0, failed.group(1), failed.group(2));
		}

	}

	/**
	 * What became of it.
	 *
	 * @param port 0 where it was not started
	 * @param failure why it was not: no-sshd, broken, busy, ports, or as for files; null
	 * when it was
	 */
	record Started(int port, @Nullable String failure, String detail) {

	}

	/**
	 * Reads what it said.
	 *
	 * @param from after so many lines
	 */
	record Read(int from) implements DebugSshd<Said> {

		private static final int MOST = 400;

		private static final Pattern LAST = Pattern.compile("debugged (\\d{1,7}) (running|ended)");

		@Override
		public String text(Peer peer) {
			return "debug read %d\n".formatted(this.from);
		}

		@Override
		public Said read(Reply reply) throws IOException {
			List<String> lines = new ArrayList<>();
			while (true) {
				String line = reply.line();
				Matcher last = LAST.matcher(line);
				if (last.matches()) {
					return new Said(lines, Integer.parseInt(last.group(1)), "ended".equals(last.group(2)));
				}
				if (!line.startsWith("log ") || lines.size() == MOST) {
					throw new GrammarViolation("a line of sshd's", line);
				}
				lines.add(line.substring("log ".length()));
			}
		}

	}

	/**
	 * Lines of its log. What may be a secret is left out by the node.
	 *
	 * @param next after how many lines to go on
	 */
	record Said(List<String> lines, int next, boolean ended) {

		public Said {
			lines = List.copyOf(lines);
		}

	}

	/** Ends it. */
	record Stop() implements DebugSshd<Boolean> {

		@Override
		public String text(Peer peer) {
			return "debug stop\n";
		}

		@Override
		public Boolean read(Reply reply) throws IOException {
			String line = reply.line();
			if (!"stopped".equals(line)) {
				throw new GrammarViolation("stopped", line);
			}
			return true;
		}

	}

}
