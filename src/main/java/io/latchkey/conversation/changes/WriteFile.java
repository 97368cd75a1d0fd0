package io.latchkey.conversation.changes;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an account's file, with the account's own rights.
 *
 * @param path one that this conversation observed for the account
 * @param expectedHash the hash of what is to be replaced; null when nothing stands there
 */
public record WriteFile(String account, String path, @Nullable String expectedHash,
		byte[] content) implements FileChange<WriteResult> {

	@Override
	public String text(Peer peer) {
		return FileWriting.text("write", this.account, this.path, this.expectedHash, this.content);
	}

	@Override
	public Optional<WriteResult> unasked(Peer peer) {
		return FileWriting.unlessItFits(this.content);
	}

	/**
	 * The same on trial.
	 * @param within how long the node waits for the confirmation
	 */
	public HoldFile onTrial(Duration within) {
		return new HoldFile(this.account, this.path, this.expectedHash, this.content, within);
	}

	@Override
	public WriteResult read(Reply reply) throws IOException {
		return FileWriting.result(reply.line(), ContentHash.of(this.content), null);
	}

}
