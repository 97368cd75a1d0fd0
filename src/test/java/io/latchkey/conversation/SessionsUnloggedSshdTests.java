package io.latchkey.conversation;

import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.EndedSessions.Obstacle;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of which sshd keeps silent: what is in syslog then is somebody else's.
 */
@RequiresProgram({ "sshd", "busybox", "logger", "setpriv", "pgrep", "ss" })
class SessionsUnloggedSshdTests extends SessionsOnSshd {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).configure("LogLevel ERROR").loggingTo(SshdLog.SYSLOG);

	@Override
	SshdNode node() {
		return NODES.first();
	}

	@Test
	void endsNothingAndSaysWhy() {
		try (SshSession his = open("deploy", HIS)) {
			String process = sessions("deploy").get(0);
			String port = node()
				.runInside("sh", "-c",
						"ss -Htnp state established | sed -n 's/.*127.0.0.1:\\([0-9]*\\) .*pid=%s,.*/\\1/p' | head -n 1"
							.formatted(process))
				.output()
				.strip();
			assertThat(port).isNotEmpty();
			forge(process, accepted("deploy", port, HERS));
			EndedSessions ended = end("deploy", HERS);
			assertThat(his.isOpen()).isTrue();
			assertThat(ended.ended()).isZero();
			assertThat(ended.left()).isEqualTo(1);
			assertThat(ended.obstacle()).isEqualTo(Obstacle.LOG_HIDDEN);
			assertThat(ended.detail()).isEqualTo("ERROR");
		}
	}

	/** They have the account that a person has as well. */
	@Test
	void countsNoneOfLatchkeysOwn() {
		try (NodeConversation another = connect(); SshSession hers = open("root", HERS)) {
			assertThat(another.ask(new ObserveFiles(List.of())).accounts()).isEmpty();
			EndedSessions ended = end("root", HIS);
			assertThat(ended.left()).isEqualTo(1);
			assertThat(hers.isOpen()).isTrue();
		}
	}

}
