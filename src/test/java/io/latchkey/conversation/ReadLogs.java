package io.latchkey.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.latchkey.Patience;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.LogLine;
import io.latchkey.openssh.LoginEvent;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;

/**
 * Reads a node's log as a run does.
 */
final class ReadLogs {

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	private final SshdNode node;

	ReadLogs(SshdNode node) {
		this.node = node;
	}

	/** In a conversation of its own. */
	ServerLog read(LogPosition from) {
		try (NodeConversation conversation = connect()) {
			return conversation.readLog(from);
		}
	}

	/** After an unchanged look, and with something to do after it. */
	ServerLog readAfterAGlance(LogPosition from) {
		List<FileQuery> accounts = List.of(new FileQuery("root"));
		try (NodeConversation first = connect()) {
			first.survey(accounts);
		}
		try (NodeConversation conversation = connect()) {
			conversation.survey(accounts);
			ServerLog log = conversation.readLog(from);
			conversation.ask(new ObserveFiles(accounts));
			return log;
		}
	}

	NodeConversation connect() {
		this.node.authorize("root", TestConnector.KEY.publicKey());
		return this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login("root", Privilege.ROOT, new Secret.ManagementKey()));
	}

	/** How many logins of an account are told. */
	static long logins(ServerLog log, String account) {
		return log.lines()
			.stream()
			.flatMap((line) -> (log.source() == ServerLog.Source.OWN ? LogLine.ofOwnFile(line) : LogLine.ofSyslog(line))
				.stream())
			.flatMap((line) -> line.event().stream())
			.filter((event) -> event instanceof LoginEvent.Accepted accepted
					&& Objects.equals(accepted.account(), account))
			.count();
	}

}
