package io.latchkey.conversation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.SessionQuery;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdNode;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of ending sessions share: a node on which two people share the account
 * deploy, while alice has only her own.
 */
@RequiresProgram("sshd")
abstract class SessionsOnSshd {

	static final Duration SOON = Patience.of(Duration.ofSeconds(5));

	static final SshKeyPair HERS = SshKeys.generate();

	static final SshKeyPair HIS = SshKeys.generate();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	abstract SshdNode node();

	@BeforeEach
	void authorize() {
		node().authorize("root", TestConnector.KEY.publicKey(), HERS.publicKey());
		node().authorize("deploy", HERS.publicKey(), HIS.publicKey());
		node().authorize("alice", HERS.publicKey());
	}

	SshSession open(String account, SshKeyPair key) {
		return Ssh.to(node()).open(account, key);
	}

	EndedSessions end(String account, SshKeyPair key) {
		return end(new SessionQuery(account, Fingerprint.parse(key.fingerprint()))).get(0);
	}

	List<EndedSessions> end(SessionQuery... queries) {
		try (NodeConversation conversation = connect()) {
			List<EndedSessions> ended = conversation.endSessions(List.of(queries));
			assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("deploy")))).accounts()).hasSize(1);
			return ended;
		}
	}

	NodeConversation connect() {
		return this.connector.connect(new Endpoint(node().address(), node().port(), TestConnector.hostKeys(node())),
				new Login("root", Privilege.ROOT, new Secret.ManagementKey()));
	}

	/** The numbers of the processes that sshd's log would name, the newest last. */
	List<String> sessions(String account) {
		return Arrays.asList(
				node().runInside("sh", "-c", "pgrep -f 'sshd(-session)?: %s [[](priv|postauth)]'".formatted(account))
					.output()
					.split("\n"));
	}

	/** Writes to the log as the account alice may. */
	void forge(String process, String message) {
		node().runInside("setpriv", "--reuid=2002", "--regid=2002", "--clear-groups", "logger", "-t", "sshd",
				"--id=" + process, message);
	}

	/** As sshd tells of a login to deploy. */
	static String accepted(String account, String port, SshKeyPair key) {
		return "Accepted publickey for %s from 127.0.0.1 port %s ssh2: ED25519 %s".formatted(account, port,
				key.fingerprint());
	}

}
