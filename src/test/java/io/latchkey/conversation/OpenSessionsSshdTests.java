package io.latchkey.conversation;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.sessions.OpenSession;
import io.latchkey.conversation.sessions.OpenSessionsAnswer;
import io.latchkey.conversation.sessions.SessionEnd;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Who is in now, and the end of one of them.
 */
@RequiresProgram({ "sshd", "busybox", "logger", "setpriv", "pgrep" })
class OpenSessionsSshdTests extends SessionsOnSshd {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).loggingTo(SshdLog.SYSLOG);

	@Override
	SshdNode node() {
		return NODES.first();
	}

	@Test
	void tellsWhoIsInByWhichKeyAndEndsJustThatOne() {
		try (SshSession hers = open("deploy", HERS);
				SshSession his = open("deploy", HIS);
				SshSession elsewhere = open("alice", HERS);
				SshSession asRoot = open("root", HERS);
				NodeConversation conversation = connect()) {
			OpenSessionsAnswer now = conversation.openSessions();
			assertThat(now.obstacle()).isNull();
			assertThat(now.others()).isZero();
			Fingerprint herKey = Fingerprint.parse(HERS.fingerprint());
			Fingerprint hisKey = Fingerprint.parse(HIS.fingerprint());
			assertThat(now.sessions()).as("without Latchkey's own")
				.extracting(OpenSession::account, OpenSession::key, OpenSession::proved)
				.containsExactlyInAnyOrder(tuple("deploy", herKey, false), tuple("deploy", hisKey, false),
						tuple("alice", herKey, false), tuple("root", herKey, false));
			assertThat(now.sessions()).allSatisfy((session) -> {
				assertThat(session.address()).startsWith("127.");
				assertThat(session.method()).isEqualTo("publickey");
			});
			OpenSession one = now.sessions()
				.stream()
				.filter((session) -> session.account().equals("deploy") && hisKey.equals(session.key()))
				.findFirst()
				.orElseThrow();
			assertThat(conversation.endSession("alice", one.process(), one.start()).outcome())
				.as("it is no session of that account")
				.isEqualTo(SessionEnd.Outcome.GONE);
			assertThat(conversation.endSession("deploy", one.process(), one.start() + 1).outcome())
				.as("another process with the same number")
				.isEqualTo(SessionEnd.Outcome.GONE);
			assertThat(his.isOpen()).isTrue();
			assertThat(conversation.endSession("deploy", one.process(), one.start()).outcome())
				.isEqualTo(SessionEnd.Outcome.ENDED);
			assertThat(his.endsWithin(SOON)).isTrue();
			assertThat(hers.isOpen() && elsewhere.isOpen() && asRoot.isOpen()).isTrue();
			assertThat(conversation.endSession("deploy", one.process(), one.start()).outcome())
				.isEqualTo(SessionEnd.Outcome.GONE);
			assertThat(conversation.openSessions().sessions()).hasSize(3);
		}
	}

}
