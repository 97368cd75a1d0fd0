package io.latchkey.diagnosis;

import java.util.List;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.Dialect;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.LoginRules;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * What sshd reads and decides by for one account, and the files with what stands in them.
 *
 * @param unanswered why it is not known which files sshd reads; null when it is
 * @param named whether sshd reads any
 * @param files those that it reads, in its order, or its default
 * @param lines of them, as sshd goes through them
 */
public record Visit(NodeFacts facts, KeyFiles keyFiles, @Nullable Unanswered unanswered, boolean named,
		List<VisitedFile> files, KeyLines lines) {

	/** A file, and what stands in it unless it cannot be read. */
	public record VisitedFile(ObservedFile observed, @Nullable AuthorizedKeysFile content,
			NodeException.@Nullable FileUnreadable failure) {

		/** Empty where it is not known. */
		public String path() {
			return (this.observed.path() != null) ? this.observed.path() : "";
		}

	}

	public Visit {
		files = List.copyOf(files);
	}

	static Visit at(NodeConversation conversation, String account) {
		KeyFiles keyFiles = conversation.ask(new FindKeyFiles(List.of(account)));
		List<FileQuery> queries = keyFiles.of(account)
			.stream()
			.map((pattern) -> FileQuery.read(account, pattern, conversation.sshVersion()))
			.toList();
		Observation observation = conversation
			.ask(new ObserveFiles(queries.isEmpty() ? List.of(new FileQuery(account)) : queries));
		List<VisitedFile> files = observation.accounts().stream().map((file) -> visited(conversation, file)).toList();
		Visit visit = new Visit(observation.facts(), keyFiles,
				keyFiles.unansweredOf(account, conversation.sshVersion()), !queries.isEmpty(), files,
				lines(observation.facts(), account, keyFiles.rulesOf(account)));
		if (visit.isRead()) {
			files.forEach(visit::addLines);
		}
		return visit;
	}

	private static KeyLines lines(NodeFacts facts, String account, LoginRules rules) {
		return new KeyLines(Dialect.of(facts.sshVersion(), facts.zone()), facts.zone(), facts.now(), account, rules);
	}

	private static VisitedFile visited(NodeConversation conversation, ObservedFile file) {
		if (file.presence() != Presence.FILE || file.path() == null) {
			return new VisitedFile(file, null, null);
		}
		try {
			return new VisitedFile(file,
					AuthorizedKeysFile.parse(conversation.ask(new ReadFile(file.account(), file.path()))), null);
		}
		catch (NodeException.FileUnreadable ex) {
			return new VisitedFile(file, null, ex);
		}
	}

	/** Whether it is known that sshd reads these files. */
	public boolean isRead() {
		return this.unanswered == null && this.named;
	}

	/** Whether owners and modes keep sshd from reading the file. */
	public boolean isPassedOver(VisitedFile file) {
		return this.keyFiles.strictModes() && file.observed().strictModesFault() != null;
	}

	private void addLines(VisitedFile file) {
		if (file.content() == null) {
			return;
		}
		if (isPassedOver(file)) {
			this.lines.addPassedOver(file.path(), file.content());
		}
		else {
			this.lines.add(file.path(), file.content());
		}
	}

}
