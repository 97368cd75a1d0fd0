package io.latchkey.conversation.changes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.RandomToken;
import io.latchkey.conversation.protocol.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an account's file as {@link WriteFile} does; the node keeps the old one and
 * puts it back by itself, with owner, mode and label as they were, unless the change is
 * confirmed in time ({@link ConfirmHold}). It does so also when this conversation, its
 * connection or Latchkey die. It does not when the file is another by then than the one
 * written here, or was written again by Latchkey.
 * <p>
 * Answers {@link WriteResult.Held}, {@link WriteResult.Changed} or
 * {@link WriteResult.Failed}.
 *
 * @param token names the hold
 * @param path one that this conversation observed for the account
 * @param expectedHash the hash of what is to be replaced; null when nothing stands there
 * @param within how long the node waits for the confirmation, from 1 s to 1 h
 */
public record HoldFile(String token, String account, String path, @Nullable String expectedHash, byte[] content,
		Duration within) implements FileChange<WriteResult> {

	private static final Duration LONGEST = Duration.ofHours(1);

	public HoldFile {
		requireHoldable(within);
	}

	public static void requireHoldable(Duration within) {
		if (within.compareTo(LONGEST) > 0 || within.toSeconds() < 1) {
			throw new IllegalArgumentException("A hold lasts from 1 s to %s, not %s".formatted(LONGEST, within));
		}
	}

	public HoldFile(String account, String path, @Nullable String expectedHash, byte[] content, Duration within) {
		this(RandomToken.next(), account, path, expectedHash, content, within);
	}

	@Override
	public String text(Peer peer) {
		String word = "hold %s %d".formatted(NodeScript.requireToken(this.token), this.within.toSeconds());
		return FileWriting.text(word, this.account, this.path, this.expectedHash, this.content);
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.HOLD);
	}

	@Override
	public Optional<WriteResult> unasked(Peer peer) {
		return FileWriting.unlessItFits(this.content);
	}

	@Override
	public WriteResult read(Reply reply) throws IOException {
		return FileWriting.result(reply.line(), ContentHash.of(this.content), this.token);
	}

}
