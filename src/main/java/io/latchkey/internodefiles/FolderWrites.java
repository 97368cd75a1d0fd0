package io.latchkey.internodefiles;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.MakeKeyPair;
import io.latchkey.conversation.changes.PairMaking;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.NodeException;

/**
 * Changes files in the {@code ~/.ssh} of one account, each where it is another than it
 * should be. What keeps one from that is an {@link Obstacle}.
 */
final class FolderWrites {

	private static final String FOLDER = FolderFile.FOLDER;

	private final NodeConversation conversation;

	private final Findings findings;

	private final String account;

	private final ObservedFolder folder;

	private final InterNodeTally tally;

	FolderWrites(NodeConversation conversation, Findings findings, String account, ObservedFolder folder,
			InterNodeTally tally) {
		this.conversation = conversation;
		this.findings = findings;
		this.account = account;
		this.folder = folder;
		this.tally = tally;
	}

	/** Puts it there, unless it has that content and may be left as it is. */
	void write(String name, byte[] content) {
		if (isToBeWritten(name, ContentHash.of(content))) {
			put(name, content);
		}
	}

	boolean isToBeWritten(String name, String hash) {
		ObservedFile file = this.folder.file(name);
		return !hash.equals(file.hash()) || file.altersWhenWritten();
	}

	void put(String name, byte[] content) {
		write(name, new PlacedFile(this.conversation, this.findings, this.account, name, content));
	}

	/** Has the user's own file include Latchkey's, where it is one. */
	void include(String name) {
		Presence presence = this.folder.file(name).presence();
		if (presence == Presence.SYMLINK || presence == Presence.UNREADABLE || presence == Presence.TOO_LARGE) {
			this.tally.warn(this.findings.text("inter-node.config", this.account));
			return;
		}
		write(name, new IncludingConfig(this.conversation, this.findings, this.account, name));
	}

	private void write(String name, FolderFile file) {
		if (file.run(this.folder.file(name))) {
			this.tally.noteWritten(this.account, FOLDER + name);
		}
	}

	void remove(String name) {
		RemovedFile file = WantedFiles.USERS_CONFIG.equals(name)
				? new LeftConfig(this.conversation, this.findings, this.account, name)
				: new RemovedFile(this.conversation, this.findings, this.account, name);
		if (file.run(this.folder.file(name))) {
			this.tally.noteRemoved(this.account, FOLDER + name);
		}
	}

	/** Has the node make a pair of keys, whose private half stays there. */
	void makePair(String name) {
		Presence presence = this.folder.file(name).presence();
		if (presence != Presence.FILE && presence != Presence.ABSENT) {
			throw new Obstacle(this.findings.of(presence, this.account, FOLDER + name));
		}
		PairMaking made = this.conversation.ask(new MakeKeyPair(this.account, this.folder.path(name)));
		if (made instanceof PairMaking.Failed failed) {
			throw new Obstacle(this.findings.text("inter-node.keypair", FOLDER + name, failed.detail()));
		}
		this.tally.noteWritten(this.account, FOLDER + name);
	}

	byte[] read(String name) {
		try {
			return this.conversation.ask(new ReadFile(this.account, this.folder.path(name)));
		}
		catch (NodeException.FileUnreadable ex) {
			throw new Obstacle(this.findings.of(ex, this.account, FOLDER + name));
		}
	}

	Obstacle noPair(String name) {
		return new Obstacle(this.findings.text("inter-node.not-a-pair", FOLDER + name));
	}

}
