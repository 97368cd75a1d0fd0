package io.latchkey.conversation;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node with a syslog, whose file is rotated, cut off, compressed, and grows.
 */
@RequiresProgram({ "sshd", "busybox", "gzip" })
class LogInSyslogSshdTests {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).loggingTo(SshdLog.SYSLOG);

	private static final SshKeyPair HERS = SshKeys.generate();

	private static final String ACCEPTED = "Nov 30 01:02:03 web1 sshd[1]: Accepted password for deploy from 192.0.2.7 port 5 ssh2";

	private final SshdNode node = NODES.first();

	private final ReadLogs logs = new ReadLogs(this.node);

	private LogPosition position = LogPosition.NONE;

	@BeforeEach
	void readWhatThereIs() {
		this.node.authorize("deploy", HERS.publicKey());
		inside("rm -f /var/log/messages.*");
		ServerLog log = this.logs.read(LogPosition.NONE);
		assertThat(log.failure()).isNull();
		assertThat(log.source()).isEqualTo(ServerLog.Source.SYSLOG);
		this.position = log.next();
	}

	@Test
	void readsEachLineOnce() {
		Ssh.to(this.node).open("deploy", HERS).close();
		assertTold(this.logs.read(this.position), 1, false);
		assertTold(this.logs.read(this.position), 0, false);
		Ssh.to(this.node).open("deploy", HERS).close();
		assertTold(this.logs.readAfterAGlance(this.position), 1, false);
		assertTold(this.logs.readAfterAGlance(this.position), 0, false);
	}

	@Test
	void goesOnAfterARotation() {
		inside("echo '%s' >>/var/log/messages; mv /var/log/messages /var/log/messages.0;".formatted(ACCEPTED)
				+ "(cat /dev/null; echo '%s') >/var/log/messages".formatted(ACCEPTED));
		assertTold(this.logs.read(this.position), 2, false);
		assertTold(this.logs.read(this.position), 0, false);
	}

	@Test
	void goesOnAfterARotationThatCompresses() {
		inside("echo '%s' >>/var/log/messages; gzip -c /var/log/messages >/var/log/messages.1.gz;".formatted(ACCEPTED)
				+ "rm /var/log/messages; : >/var/log/keeps-the-inode; echo '%s' >/var/log/messages"
					.formatted(ACCEPTED));
		ServerLog log = this.logs.read(this.position);
		if (log.gap()) {
			// the file system gave the new file the old number
			this.position = log.next();
			assertTold(this.logs.read(this.position), 1, false);
		}
		else {
			assertTold(log, 2, false);
		}
	}

	@Test
	void saysThatThereIsAGapWhereTheFileWasCutOff() {
		inside("echo '%s' >/tmp/rest; cat /tmp/rest >/var/log/messages".formatted(ACCEPTED));
		assertTold(this.logs.read(this.position), 1, true);
		assertTold(this.logs.read(this.position), 0, false);
	}

	@Test
	void readsNoMoreThanAMebibyteAtATime() {
		inside("yes '%s' | head -n 15000 >>/var/log/messages".formatted(ACCEPTED));
		long told = 0;
		for (int visits = 0; visits < 2; visits++) {
			ServerLog log = this.logs.read(this.position);
			assertThat(log.gap()).isFalse();
			assertThat(ReadLogs.logins(log, "deploy")).isBetween(1L, 14_000L);
			told += ReadLogs.logins(log, "deploy");
			this.position = log.next();
		}
		assertThat(told).isEqualTo(15_000);
	}

	@Test
	void leavesOutWhatIsTooFarBehind() {
		inside("yes '%s' | head -n 250000 >>/var/log/messages".formatted(ACCEPTED));
		ServerLog log = this.logs.read(this.position);
		assertThat(log.gap()).isTrue();
		assertThat(ReadLogs.logins(log, "deploy")).isBetween(10_000L, 14_000L);
		this.position = log.next();
		assertTold(this.logs.read(this.position), 0, false);
		inside(": >/var/log/messages");
	}

	@Test
	void readsTheEndOfAFileOfGigabytes() {
		inside("truncate -s 2G /var/log/messages; echo >>/var/log/messages; echo '%s' >>/var/log/messages"
			.formatted(ACCEPTED));
		ServerLog log = this.logs.read(this.position);
		assertThat(log.failure()).isNull();
		assertTold(log, 1, true);
		inside(": >/var/log/messages");
	}

	@Test
	void readsNothingThatIsNoFile() {
		inside("mv /var/log/messages /var/log/kept; mkfifo /var/log/messages");
		assertThat(this.logs.read(this.position).failure()).isNotNull();
		inside("rm /var/log/messages; ln -s kept /var/log/messages");
		assertThat(this.logs.read(this.position).failure()).isNotNull();
		inside("mv /var/log/kept /var/log/messages; chown 2002 /var/log");
		assertThat(this.logs.read(this.position).failure()).isNotNull();
		inside("chown 0 /var/log; chmod 775 /var/log; chgrp 2002 /var/log");
		assertThat(this.logs.read(this.position).failure()).isNotNull();
		inside("chgrp 0 /var/log; chmod 755 /var/log");
		assertThat(this.logs.read(this.position).failure()).isNull();
	}

	@Test
	void putsUpWithBytesThatAreNoText() {
		inside("head -c 5000 /dev/urandom >>/var/log/messages; echo >>/var/log/messages; echo '%s' >>/var/log/messages"
			.formatted(ACCEPTED));
		assertTold(this.logs.read(this.position), 1, false);
	}

	private void assertTold(ServerLog log, int logins, boolean gap) {
		assertThat(log.failure()).isNull();
		assertThat(ReadLogs.logins(log, "deploy")).isEqualTo(logins);
		assertThat(log.gap()).isEqualTo(gap);
		this.position = log.next();
	}

	private void inside(String script) {
		this.node.runInside("sh", "-c", script);
	}

}
