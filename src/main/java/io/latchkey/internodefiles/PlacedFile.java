package io.latchkey.internodefiles;

import java.util.Optional;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.nodestate.Findings;

/** A file of Latchkey's own that is to have a content, whatever stood there. */
final class PlacedFile extends FolderFile {

	private final byte[] content;

	PlacedFile(NodeConversation conversation, Findings findings, String account, String name, byte[] content) {
		super(conversation, findings, account, name);
		this.content = content;
	}

	@Override
	public Optional<Boolean> compare(ObservedFile file, String path) {
		return write(new WriteFile(account(), path, file.hash(), this.content));
	}

}
