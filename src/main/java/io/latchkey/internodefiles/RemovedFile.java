package io.latchkey.internodefiles;

import java.util.Objects;
import java.util.Optional;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.Removal;
import io.latchkey.conversation.changes.RemoveFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.nodestate.Findings;

/** A file of Latchkey's own that is to go. */
class RemovedFile extends FolderFile {

	RemovedFile(NodeConversation conversation, Findings findings, String account, String name) {
		super(conversation, findings, account, name);
	}

	@Override
	public final Optional<Boolean> compare(ObservedFile file, String path) {
		return (file.presence() == Presence.FILE) ? takeAway(path, Objects.requireNonNull(file.hash()))
				: Optional.of(false);
	}

	Optional<Boolean> takeAway(String path, String hash) {
		Removal removal = conversation().ask(new RemoveFile(account(), path, hash));
		if (removal instanceof Removal.Failed failed) {
			throw obstacle("inter-node.remove", failed.detail());
		}
		return (removal instanceof Removal.Removed) ? Optional.of(true) : Optional.empty();
	}

	/** What is no file is none of Latchkey's. */
	@Override
	public final Boolean noFile(Presence presence) {
		return (presence == Presence.UNREADABLE || presence == Presence.TOO_LARGE) ? undone(new Commit.NoFile(presence))
				: false;
	}

}
