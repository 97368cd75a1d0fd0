package io.latchkey.conversation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of which a journal tells, which knows who wrote each line.
 */
@RequiresProgram({ "sshd", "journalctl", "logger", "setpriv", "pgrep" })
@EnabledIf("hasJournald")
class SessionsInJournalSshdTests extends SessionsOnSshd {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).loggingTo(SshdLog.JOURNAL);

	static boolean hasJournald() {
		return Files.isExecutable(Path.of("/lib/systemd/systemd-journald"));
	}

	@Override
	SshdNode node() {
		return NODES.first();
	}

	@Test
	void endsTheSessionsOfTheKeyWhateverOthersWrite() {
		try (SshSession hers = open("deploy", HERS); SshSession his = open("deploy", HIS)) {
			List<String> processes = sessions("deploy");
			assertThat(processes).hasSize(2);
			for (String process : processes) {
				for (String port : ports()) {
					forge(process, accepted("deploy", port, HERS));
					forge(process, accepted("deploy", port, HIS));
				}
			}
			EndedSessions ended = end("deploy", HERS);
			assertThat(ended.obstacle()).isNull();
			assertThat(ended.ended()).isEqualTo(1);
			assertThat(hers.endsWithin(SOON)).isTrue();
			assertThat(his.isOpen()).isTrue();
		}
	}

	private List<String> ports() {
		return node()
			.runInside("sh", "-c",
					"journalctl -q --no-pager _UID=0 SYSLOG_IDENTIFIER=sshd |"
							+ " sed -n 's/.*Accepted publickey for deploy .* port \\([0-9]*\\) ssh2.*/\\1/p'")
			.output()
			.lines()
			.toList();
	}

}
