package io.latchkey.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.EndedSessions.Obstacle;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdLog;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions of which a syslog tells, to which every account of the node may write.
 */
@RequiresProgram({ "sshd", "busybox", "logger", "setpriv", "pgrep" })
class SessionsInSyslogSshdTests extends SessionsOnSshd {

	@RegisterExtension
	static final SshdNodes NODES = SshdNodes.count(1).loggingTo(SshdLog.SYSLOG);

	@Override
	SshdNode node() {
		return NODES.first();
	}

	@Test
	void endsTheSessionsOfTheKeyAndNobodyElses() {
		try (SshSession hers = open("deploy", HERS);
				SshSession his = open("deploy", HIS);
				SshSession elsewhere = open("alice", HERS);
				SshSession asRoot = open("root", HERS)) {
			assertThat(end("deploy", HERS)).satisfies((ended) -> {
				assertThat(ended.obstacle()).isNull();
				assertThat(ended.ended()).isEqualTo(1);
			});
			assertThat(hers.endsWithin(SOON)).isTrue();
			assertThat(his.isOpen()).isTrue();
			assertThat(elsewhere.isOpen()).isTrue();
			assertThat(asRoot.isOpen()).isTrue();
			assertThat(end("root", HERS).ended()).isEqualTo(1);
			assertThat(asRoot.endsWithin(SOON)).isTrue();
			assertThat(end("deploy", HERS).ended()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "deploy@corp.example.org", "CORP\\alice smith", "1deploy+ops" })
	void endsThoseOfAccountsAsDirectoriesHaveThem(String account) {
		node().addAccount(account);
		node().authorize(account, HERS.publicKey(), HIS.publicKey());
		try (SshSession hers = open(account, HERS);
				SshSession his = open(account, HIS);
				SshSession elsewhere = open("deploy", HERS)) {
			assertThat(end(account, HERS)).satisfies((ended) -> {
				assertThat(ended.obstacle()).isNull();
				assertThat(ended.ended()).isEqualTo(1);
			});
			assertThat(hers.endsWithin(SOON)).isTrue();
			assertThat(his.isOpen()).isTrue();
			assertThat(elsewhere.isOpen()).isTrue();
			assertThat(end("deploy", HERS).ended()).isEqualTo(1);
			assertThat(his.isOpen()).isTrue();
		}
	}

	@Test
	void neverEndsTheSessionByWhichLatchkeyCame() {
		try (SshSession other = open("root", TestConnector.KEY)) {
			assertThat(end("root", TestConnector.KEY).ended()).isEqualTo(1);
			assertThat(other.endsWithin(SOON)).isTrue();
		}
	}

	@Test
	void aForgedLineEndsNobodyElsesSession() throws IOException {
		try (SshSession his = open("deploy", HIS)) {
			String process = sessions("deploy").get(0);
			String port = portOf(process);
			forge(process, accepted("deploy", port, HERS));
			awaitLine(HERS.fingerprint());
			EndedSessions ended = end("deploy", HERS);
			assertThat(his.isOpen()).isTrue();
			assertThat(ended.ended()).isZero();
			assertThat(ended.left()).isEqualTo(1);
			assertThat(ended.obstacle()).isEqualTo(Obstacle.LOG_CONTRADICTORY);
		}
	}

	@Test
	void aLineWithTheNumberOfAnotherProcessEndsNothing() throws IOException {
		try (SshSession his = open("deploy", HIS); SshSession hers = open("alice", HERS)) {
			String port = portOf(sessions("deploy").get(0));
			String listener = node().runInside("sh", "-c", "pgrep -o -x sshd").output().strip();
			for (String process : List.of("1", listener, sessions("alice").get(0))) {
				forge(process, accepted("deploy", port, HERS));
				forge(process, accepted("deploy", "1", HERS));
			}
			awaitLine("port 1 ");
			EndedSessions ended = end("deploy", HERS);
			assertThat(ended.ended()).isZero();
			assertThat(ended.obstacle()).isNull();
			assertThat(his.isOpen()).isTrue();
			assertThat(hers.isOpen()).isTrue();
			try (SshSession another = open("deploy", HERS)) {
				assertThat(another.isOpen()).isTrue();
			}
		}
	}

	/** sshd itself writes it, in a line about somebody whom it does not know. */
	@ParameterizedTest
	@ValueSource(strings = { "%2$s", "x\n%2$s", "x\r\n%2$s", "x sshd[%1$s]: %2$s",
			"deploy from 127.0.0.1 port %3$s ssh2", "x\nJan  1 00:00:00 node sshd[%1$s]: %2$s" })
	void aNameThatReadsLikeALoginEndsNothing(String name) throws Exception {
		try (SshSession his = open("deploy", HIS)) {
			String process = sessions("deploy").get(0);
			String port = portOf(process);
			String stranger = name.formatted(process, accepted("deploy", port, HERS), port);
			JSch jsch = new JSch();
			for (String key : node().hostKeys()) {
				jsch.getHostKeyRepository()
					.add(new HostKey("[%s]:%d".formatted(node().address(), node().port()),
							Base64.getDecoder().decode(key.split(" ")[1])), null);
			}
			Session session = jsch.getSession(stranger, node().address(), node().port());
			session.setConfig("PreferredAuthentications", "password");
			session.setPassword("wrong".getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(JSchException.class).isThrownBy(() -> session.connect(5000));
			awaitLine("nvalid user " + stranger.split("[\r\n:]")[0]);
			EndedSessions ended = end("deploy", HERS);
			assertThat(ended.ended()).isZero();
			assertThat(his.isOpen()).isTrue();
		}
	}

	private String portOf(String process) throws IOException {
		Pattern genuine = Pattern.compile("\\[%s\\]: Accepted publickey for .* port (\\d+) ssh2".formatted(process));
		return genuine.matcher(Files.readString(node().logs().resolve("messages")))
			.results()
			.map((MatchResult match) -> match.group(1))
			.reduce((first, last) -> last)
			.orElseThrow();
	}

	private void awaitLine(String text) {
		org.awaitility.Awaitility.await()
			.atMost(SOON)
			.until(() -> Files.readString(node().logs().resolve("messages")).contains(text));
	}

}
