package io.latchkey.internodefiles;

import java.util.Optional;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CompareAndWrite;
import io.latchkey.conversation.FileComparison;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.nodestate.Findings;

/**
 * One file in the {@code ~/.ssh} of an account that is to become another, or to go. What
 * keeps it from that is an {@link Obstacle}.
 */
abstract class FolderFile implements FileComparison<Boolean> {

	static final String FOLDER = "~/.ssh/";

	/** The same as sshd_config(5) writes it. */
	static final String PATTERN = "%h/.ssh/";

	private final NodeConversation conversation;

	private final Findings findings;

	private final String account;

	private final String name;

	FolderFile(NodeConversation conversation, Findings findings, String account, String name) {
		this.conversation = conversation;
		this.findings = findings;
		this.account = account;
		this.name = name;
	}

	/**
	 * @param first as it was observed
	 * @return whether it was changed as is to be told
	 */
	boolean run(ObservedFile first) {
		return new CompareAndWrite(this.conversation).run(first, this);
	}

	@Override
	public Boolean undone(Commit.Undone why) {
		throw new Obstacle(this.findings.of(why, this.account, shown()));
	}

	byte[] read(String path) {
		return this.conversation.ask(new ReadFile(this.account, path));
	}

	/** Writes it; nothing when it is to be compared again. */
	Optional<Boolean> write(WriteFile change) {
		Commit commit = Commit.of(this.conversation.ask(change));
		if (commit instanceof Commit.Undone undone) {
			return Optional.of(undone(undone));
		}
		return (commit instanceof Commit.Done) ? Optional.of(true) : Optional.empty();
	}

	NodeConversation conversation() {
		return this.conversation;
	}

	String account() {
		return this.account;
	}

	/** As people write it. */
	String shown() {
		return FOLDER + this.name;
	}

	Obstacle obstacle(String code, String detail) {
		return new Obstacle(this.findings.text(code, shown(), detail));
	}

}
