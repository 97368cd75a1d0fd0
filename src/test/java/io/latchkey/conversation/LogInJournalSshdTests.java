package io.latchkey.conversation;

import java.nio.file.Files;
import java.nio.file.Path;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node with a journal, which knows who wrote each line.
 */
@RequiresProgram({ "sshd", "journalctl", "logger", "setpriv" })
@EnabledIf("hasJournald")
class LogInJournalSshdTests {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).loggingTo(SshdLog.JOURNAL);

	private static final SshKeyPair HERS = SshKeys.generate();

	private final SshdNode node = NODES.first();

	private final ReadLogs logs = new ReadLogs(this.node);

	static boolean hasJournald() {
		return Files.isExecutable(Path.of("/lib/systemd/systemd-journald"));
	}

	@Test
	void readsEachLineOnceAndNoneThatSomebodyElseWrote() {
		this.node.authorize("deploy", HERS.publicKey());
		LogPosition position = this.logs.read(LogPosition.NONE).next();
		Ssh.to(this.node).open("deploy", HERS).close();
		this.node.runInside("setpriv", "--reuid=2002", "--regid=2002", "--clear-groups", "logger", "-t", "sshd",
				"--id=4711", "Accepted password for deploy from 192.0.2.7 port 5 ssh2");
		ServerLog log = this.logs.readAfterAGlance(position);
		assertThat(log.source()).isEqualTo(ServerLog.Source.JOURNAL);
		assertThat(log.gap()).isFalse();
		assertThat(ReadLogs.logins(log, "deploy")).isEqualTo(1);
		ServerLog next = this.logs.read(log.next());
		assertThat(next.gap()).isFalse();
		assertThat(ReadLogs.logins(next, "deploy")).isZero();
	}

	@Test
	void saysThatThereIsAGapWhereTheJournalWasCleared() {
		ServerLog log = this.logs.read(LogPosition.NONE);
		LogPosition elsewhere = new LogPosition(log.next().request(), "0".repeat(64));
		assertThat(this.logs.read(elsewhere).gap()).isTrue();
	}

}
