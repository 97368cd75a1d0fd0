package io.latchkey.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.ContentHash;
import io.latchkey.conversation.FileQuery;
import io.latchkey.conversation.FindAcceptedSignatures;
import io.latchkey.conversation.FindKeyFiles;
import io.latchkey.conversation.KeyFiles;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.ObserveFiles;
import io.latchkey.conversation.ObservedFile;
import io.latchkey.conversation.Presence;
import io.latchkey.conversation.ReadFile;
import io.latchkey.conversation.Unanswered;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.Commit;
import io.latchkey.reconcile.CommitConfirm;
import io.latchkey.reconcile.KeyFileChange;
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

	private static final int MOST_ATTEMPTS = 3;

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
		String account = node.managementAccount();
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, first)) {
			ManagementKey key = this.managementKeys.newest(this.managementKeys.fitting(node.managementKey(),
					conversation.ask(new FindAcceptedSignatures(account))));
			Login management = new Login(account, node.privilege(), Secret.ManagementKey.only(List.of(key.id())));
			KeyFiles keyFiles = conversation.ask(new FindKeyFiles(List.of(account)));
			Unanswered unanswered = keyFiles.unansweredOf(account, conversation.sshVersion());
			if (unanswered != null) {
				throw new ManagementKeyRefusedException(this.findings.of(unanswered, account));
			}
			List<FileQuery> queries = FileQuery.of(account, keyFiles.of(account), conversation.sshVersion());
			if (queries.isEmpty()) {
				throw new ManagementKeyRefusedException(this.findings.text("key-files.none", account));
			}
			for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
				List<ObservedFile> files = conversation.ask(new ObserveFiles(queries)).accounts();
				if (files.stream().anyMatch((file) -> letsIn(conversation, file, key))) {
					return new Installed(key.kind(), Optional.empty());
				}
				Commit commit = append(conversation, files.get(0), endpoint, management, key);
				if (commit instanceof Commit.Done) {
					return new Installed(key.kind(), Optional.ofNullable(files.get(0).path()));
				}
				refuse(commit, account, String.valueOf(files.get(0).path()));
			}
		}
		throw new ManagementKeyRefusedException(this.findings.text("write.keeps-changing", account, ""));
	}

	private boolean letsIn(NodeConversation conversation, ObservedFile file, ManagementKey key) {
		return file.path() != null && file.presence() == Presence.FILE
				&& holds(AuthorizedKeysFile.parse(conversation.ask(new ReadFile(file.account(), file.path()))), key);
	}

	private Commit append(NodeConversation conversation, ObservedFile observed, Endpoint endpoint, Login management,
			ManagementKey key) {
		String account = observed.account();
		if (observed.path() == null
				|| (observed.presence() != Presence.FILE && observed.presence() != Presence.ABSENT)) {
			throw new ManagementKeyRefusedException(
					this.findings.of(observed.presence(), account, (observed.path() != null) ? observed.path() : ""));
		}
		boolean exists = observed.presence() == Presence.FILE;
		byte[] content = exists ? conversation.ask(new ReadFile(account, observed.path())) : new byte[0];
		List<Line> lines = new ArrayList<>(AuthorizedKeysFile.parse(content).lines());
		lines.add(Line.of(this.managementKeys.authorizedKeysLine(key.publicKey())));
		return this.commitConfirm.commit(conversation, new KeyFileChange(account, observed.path(),
				exists ? ContentHash.of(content) : null, AuthorizedKeysFile.of(lines).render()), endpoint, management);
	}

	/** Unless the file is only to be looked at again. */
	private void refuse(Commit commit, String account, String path) {
		if (commit instanceof Commit.NotWritten not) {
			throw new ManagementKeyRefusedException(this.findings.of(not.failure(), account, path));
		}
		if (commit instanceof Commit.TakenBack back) {
			throw new ManagementKeyRefusedException(
					this.findings.text("enrol.taken-back", path, this.commitConfirm.within().toSeconds(), back.why()));
		}
	}

	private static boolean holds(AuthorizedKeysFile file, ManagementKey wanted) {
		Fingerprint fingerprint = wanted.fingerprint();
		return file.lines()
			.stream()
			.anyMatch((line) -> line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false));
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
