package io.latchkey.internodefiles;

import java.util.Arrays;
import java.util.Optional;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.internode.AccountMesh;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.ClientConfiguration;

/**
 * The user's own {@code config}, which is not to include Latchkey's any more. It goes
 * where nothing else is in it.
 */
final class LeftConfig extends RemovedFile {

	LeftConfig(NodeConversation conversation, Findings findings, String account, String name) {
		super(conversation, findings, account, name);
	}

	@Override
	Optional<Boolean> takeAway(String path, String hash) {
		byte[] before = read(path);
		byte[] after = ClientConfiguration.parse(before).without(AccountMesh.CONFIG).render();
		if (after.length == 0) {
			return super.takeAway(path, ContentHash.of(before));
		}
		return Arrays.equals(before, after) ? Optional.of(false)
				: write(new WriteFile(account(), path, ContentHash.of(before), after)).map((written) -> false);
	}

}
