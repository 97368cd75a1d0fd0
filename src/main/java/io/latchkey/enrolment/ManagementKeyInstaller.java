package io.latchkey.enrolment;

import java.util.ArrayList;
import java.util.List;

import io.latchkey.inventory.Node;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.Findings;
import io.latchkey.transport.AccountQuery;
import io.latchkey.transport.ContentHash;
import io.latchkey.transport.Endpoint;
import io.latchkey.transport.Login;
import io.latchkey.transport.ManagementKeys;
import io.latchkey.transport.NodeConnector;
import io.latchkey.transport.NodeConversation;
import io.latchkey.transport.ObservedAccount;
import io.latchkey.transport.Presence;
import io.latchkey.transport.WriteResult;
import org.springframework.stereotype.Component;

/**
 * Appends the management key to the management account's file, unless it is there.
 * Everything else in the file stays byte for byte.
 */
@Component
class ManagementKeyInstaller {

	private static final int MOST_ATTEMPTS = 3;

	private final NodeConnector connector;

	private final ManagementKeys managementKeys;

	private final Findings findings;

	ManagementKeyInstaller(NodeConnector connector, ManagementKeys managementKeys, Findings findings) {
		this.connector = connector;
		this.managementKeys = managementKeys;
		this.findings = findings;
	}

	void install(Node node, Endpoint endpoint, Login login) {
		String account = node.managementAccount();
		try (NodeConversation conversation = this.connector.connect(endpoint, login)) {
			for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
				ObservedAccount observed = conversation.observe(List.of(new AccountQuery(account))).accounts().get(0);
				if (isInstalled(conversation, observed)) {
					return;
				}
			}
		}
		throw new ManagementKeyRefusedException(this.findings.text("write.keeps-changing", account, ""));
	}

	/** Whether it stands there now; not, when the file changed in between. */
	private boolean isInstalled(NodeConversation conversation, ObservedAccount observed) {
		String account = observed.account();
		if (observed.path() == null
				|| (observed.presence() != Presence.FILE && observed.presence() != Presence.ABSENT)) {
			throw new ManagementKeyRefusedException(
					this.findings.of(observed.presence(), account, (observed.path() != null) ? observed.path() : ""));
		}
		boolean exists = observed.presence() == Presence.FILE;
		byte[] content = exists ? conversation.read(account, observed.path()) : new byte[0];
		AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
		if (holdsManagementKey(file)) {
			return true;
		}
		List<Line> lines = new ArrayList<>(file.lines());
		lines.add(Line.of(this.managementKeys.authorizedKeysLine()));
		WriteResult result = conversation.write(account, exists ? ContentHash.of(content) : null,
				AuthorizedKeysFile.of(lines).render());
		if (result instanceof WriteResult.Failed failed) {
			throw new ManagementKeyRefusedException(this.findings.of(failed, account, observed.path()));
		}
		return result instanceof WriteResult.Written;
	}

	private boolean holdsManagementKey(AuthorizedKeysFile file) {
		Fingerprint fingerprint = this.managementKeys.publicKey().fingerprint();
		return file.lines()
			.stream()
			.anyMatch((line) -> line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false));
	}

}
