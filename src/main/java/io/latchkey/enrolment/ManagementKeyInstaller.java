package io.latchkey.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CommitConfirm;
import io.latchkey.conversation.CompareAndWrite;
import io.latchkey.conversation.FileComparison;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.sshd.FindAcceptedSignatures;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;

import org.springframework.stereotype.Component;

/**
 * Appends a management key that sshd takes to the management account's file, unless it is
 * there, on trial: the node puts the old file back by itself when a login with the key
 * fails. Everything else in the file stays byte for byte.
 */
@Component
class ManagementKeyInstaller {

	private final NodeConnector connector;

	private final ManagementKeys managementKeys;

	private final CommitConfirm commitConfirm;

	private final Findings findings;

	ManagementKeyInstaller(NodeConnector connector, ManagementKeys managementKeys, CommitConfirm commitConfirm,
			Findings findings) {
		this.connector = connector;
		this.managementKeys = managementKeys;
		this.commitConfirm = commitConfirm;
		this.findings = findings;
	}

	/**
	 * @param first with which to log in this once
	 */
	Installed install(Node node, Endpoint endpoint, Login first) {
		String account = node.management().account();
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, first)) {
			ManagementKey key = this.managementKeys.newest(this.managementKeys.fitting(node.management().key(),
					conversation.ask(new FindAcceptedSignatures(account))));
			Login management = new Login(account, node.management().privilege(),
					Secret.ManagementKey.only(List.of(key.id())));
			KeyFiles keyFiles = conversation.ask(new FindKeyFiles(List.of(account)));
			Unanswered unanswered = keyFiles.unansweredOf(account, conversation.sshVersion());
			if (unanswered != null) {
				throw new ManagementKeyRefusedException(this.findings.of(unanswered, account));
			}
			List<FileQuery> queries = FileQuery.of(account, keyFiles.of(account), conversation.sshVersion());
			if (queries.isEmpty()) {
				throw new ManagementKeyRefusedException(this.findings.text("key-files.none", account));
			}
			List<ObservedFile> files = conversation.ask(new ObserveFiles(queries)).accounts();
			if (files.stream().skip(1).anyMatch((file) -> letsIn(conversation, file, key))) {
				return new Installed(key.kind(), Optional.empty());
			}
			return new CompareAndWrite(conversation).run(files.get(0),
					new Appending(conversation, files.get(0), endpoint, management, key));
		}
	}

	private static boolean letsIn(NodeConversation conversation, ObservedFile file, ManagementKey key) {
		return file.path() != null && file.presence() == Presence.FILE
				&& holds(AuthorizedKeysFile.parse(conversation.ask(new ReadFile(file.account(), file.path()))), key);
	}

	private static boolean holds(AuthorizedKeysFile file, ManagementKey wanted) {
		Fingerprint fingerprint = wanted.fingerprint();
		return file.lines()
			.stream()
			.anyMatch((line) -> line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false));
	}

	/**
	 * To the first of the files that sshd reads.
	 */
	private final class Appending implements FileComparison<Installed> {

		private final NodeConversation conversation;

		private final String account;

		private final String path;

		private final Endpoint endpoint;

		private final Login management;

		private final ManagementKey key;

		Appending(NodeConversation conversation, ObservedFile file, Endpoint endpoint, Login management,
				ManagementKey key) {
			this.conversation = conversation;
			this.account = file.account();
			this.path = (file.path() != null) ? file.path() : "";
			this.endpoint = endpoint;
			this.management = management;
			this.key = key;
		}

		@Override
		public Optional<Installed> compare(ObservedFile observed, String at) {
			boolean exists = observed.presence() == Presence.FILE;
			byte[] content = exists ? this.conversation.ask(new ReadFile(this.account, at)) : new byte[0];
			AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
			if (holds(file, this.key)) {
				return Optional.of(new Installed(this.key.kind(), Optional.empty()));
			}
			Commit commit = ManagementKeyInstaller.this.commitConfirm.commit(this.conversation,
					new WriteFile(this.account, at, exists ? ContentHash.of(content) : null, with(file).render()),
					this.endpoint, this.management);
			if (commit instanceof Commit.Done) {
				return Optional.of(new Installed(this.key.kind(), Optional.of(at)));
			}
			return (commit instanceof Commit.Undone undone) ? Optional.of(undone(undone)) : Optional.empty();
		}

		private AuthorizedKeysFile with(AuthorizedKeysFile file) {
			List<Line> lines = new ArrayList<>(file.lines());
			lines.add(Line.of(ManagementKeyInstaller.this.managementKeys.authorizedKeysLine(this.key.publicKey())));
			return AuthorizedKeysFile.of(lines);
		}

		@Override
		public Installed undone(Commit.Undone why) {
			if (why instanceof Commit.Unreadable unreadable) {
				throw unreadable.failure();
			}
			Findings words = ManagementKeyInstaller.this.findings;
			throw new ManagementKeyRefusedException(
					(why instanceof Commit.TakenBack back)
							? words.text("enrol.taken-back", this.path,
									ManagementKeyInstaller.this.commitConfirm.within().toSeconds(),
									words.of(back.why(), this.account, this.path))
							: words.of(why, this.account, this.path));
		}

	}

	/**
	 * The key that a node knows now.
	 *
	 * @param proved the file that was written, and proved by a fresh login; nothing where
	 * the key was there already, and a login with it is still to be tried
	 */
	record Installed(ManagementKeyKind kind, Optional<String> proved) {

	}

}
