package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.changes.HoldFile;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.RandomToken;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.core.KebabCase;
import org.jspecify.annotations.Nullable;

/**
 * Has sshd heed these settings before all others, outside of any {@code Match}, and
 * nothing of what Latchkey had it heed before. The node undoes it by itself, and has sshd
 * read its configuration again, unless it is settled in time ({@link SettleSshd}); also
 * when this conversation, its connection or Latchkey die.
 *
 * @param token names the change
 * @param settings a line each; none for what sshd would do without Latchkey
 * @param expectedHash of the file in which Latchkey decides; null when there is none
 * @param within how long the node waits, from 1 s to 1 h
 */
public record AlterSshd(String token, List<String> settings, @Nullable String expectedHash,
		Duration within) implements Request<SshdChange> {

	private static final Pattern ALTERED = Pattern
		.compile("altered (" + Grammar.HASH + "|-) (systemctl|rc-service|signal|none)");

	public AlterSshd {
		settings = List.copyOf(settings);
		HoldFile.requireHoldable(within);
	}

	public AlterSshd(List<String> settings, @Nullable String expectedHash, Duration within) {
		this(RandomToken.next(), settings, expectedHash, within);
	}

	@Override
	public String text(Peer peer) {
		return "alter %s %d %s %d\n".formatted(NodeScript.requireToken(this.token), this.within.toSeconds(),
				(this.expectedHash != null) ? NodeScript.requireHash(this.expectedHash) : "-", content().length);
	}

	@Override
	public byte[] content() {
		return String.join("\n", this.settings).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public List<NodeScript.Words> words() {
		return NodeScript.Words.FOR_PASSWORDS;
	}

	@Override
	public SshdChange read(Reply reply) throws IOException {
		String line = reply.line();
		Matcher altered = ALTERED.matcher(line);
		if (altered.matches()) {
			return new SshdChange.OnTrial(this.token, unlessNone(altered.group(1)),
					KebabCase.constant(SshdChange.Reloaded.class, altered.group(2)));
		}
		Matcher changed = Grammar.CHANGED.matcher(line);
		if (changed.matches()) {
			return new SshdChange.Changed(unlessNone(changed.group(1)));
		}
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new SshdChange.Refused(failed.group(1), failed.group(2));
		}
		throw new GrammarViolation("a change of sshd's configuration was expected", line);
	}

	private static @Nullable String unlessNone(String field) {
		return "-".equals(field) ? null : field;
	}

}
