package io.latchkey.internodefiles;

import java.util.Arrays;
import java.util.Optional;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.internode.AccountMesh;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.ClientConfiguration;

/** The user's own {@code config}, which is to include Latchkey's. */
final class IncludingConfig extends FolderFile {

	IncludingConfig(NodeConversation conversation, Findings findings, String account, String name) {
		super(conversation, findings, account, name);
	}

	@Override
	public Optional<Boolean> compare(ObservedFile file, String path) {
		boolean exists = file.hash() != null;
		byte[] before = exists ? read(path) : new byte[0];
		byte[] after = ClientConfiguration.parse(before).including(AccountMesh.CONFIG).render();
		return Arrays.equals(before, after) ? Optional.of(false)
				: write(new WriteFile(account(), path, exists ? ContentHash.of(before) : null, after));
	}

}
