package io.latchkey.conversation.sessions;

import java.time.Instant;
import java.time.ZoneOffset;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.sessions.SessionLook.Answer;
import io.latchkey.conversation.sessions.SessionLook.Source;
import io.latchkey.openssh.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionLookTests {

	private static final Fingerprint HERS = Fingerprint.parse("SHA256:uBvcmOwb47xMpOzYGzm+3Bq1bThuNo9N4uQbO/7IqPA");

	private static final Fingerprint HIS = Fingerprint.parse("SHA256:5AXFqx7Mnfse6gHz8e5dKsogT44xaDaWFBqcJtB0yTQ");

	private static final Instant SINCE = Instant.parse("2026-11-22T18:47:17Z");

	private static final LiveSession SESSION = new LiveSession(1234, 77, SINCE, RemoteEnd.parse("070200C0:C822"));

	private final SessionLook look = new SessionLook("deploy", ZoneOffset.UTC);

	@Test
	void believesWhatSyslogSaysWithoutContradiction() {
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		this.look.add(Source.SYSLOG, "Nov 22 18:47:19 web1 sshd[1234]: " + accepted("deploy", 51235, HIS));
		this.look.add(Source.SYSLOG, "Nov 22 18:47:19 web1 sshd[1235]: " + accepted("deploy", 51234, HIS));
		this.look.add(Source.SYSLOG, "Nov 22 18:47:19 web1 sshd[1234]: " + accepted("root", 51234, HIS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.YES);
		assertThat(this.look.isOpenedWith(SESSION, HIS)).isEqualTo(Answer.NO);
	}

	@Test
	void endsNothingOnAContradiction() {
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HIS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.CONTRADICTORY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Nov 22 18:47:05", "Nov 22 19:47:18", "Nov 21 18:47:18" })
	void aLineOfAnotherTimeIsAboutAnotherProcessOfThatNumber(String time) {
		this.look.add(Source.SYSLOG, time + " web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.SILENT);
	}

	@Test
	void believesTheJournalWhateverSyslogSays() {
		this.look.add(Source.JOURNAL, "2026-11-22T18:47:18+0000 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HIS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.YES);
		assertThat(this.look.isOpenedWith(SESSION, HIS)).isEqualTo(Answer.NO);
	}

	@Test
	void believesTheLastLineOfSshdsOwnFile() {
		this.look.add(Source.SSHD, accepted("deploy", 51234, HIS));
		this.look.add(Source.SSHD, accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.YES);
		assertThat(this.look.isOpenedWith(SESSION, HIS)).isEqualTo(Answer.NO);
	}

	@Test
	void believesNoSyslogWhereSshdKeepsSilent() {
		this.look.logLevelIs("ERROR");
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.HIDDEN);
	}

	@Test
	void believesNoSyslogWhereSshdDoesNotSayWhatItLogs() {
		this.look.logLevelIs("?");
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.LEVEL_UNKNOWN);
		this.look.add(Source.JOURNAL, "2026-11-22T18:47:18+0000 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.YES);
	}

	@Test
	void believesNoSyslogThatIsFlooded() {
		for (int i = 0; i <= 1000; i++) {
			this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		}
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.CONTRADICTORY);
	}

	@Test
	void takesNoLineWithoutAHeadForSyslogs() {
		this.look.add(Source.SYSLOG, accepted("deploy", 51234, HERS));
		this.look.add(Source.JOURNAL, accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.SILENT);
	}

	@Test
	void aSessionOpenedWithAPasswordIsNotOfTheKey() {
		this.look.add(Source.SYSLOG,
				"Nov 22 18:47:18 web1 sshd[1234]: Accepted password for deploy from 192.0.2.7 port 51234 ssh2");
		assertThat(this.look.isOpenedWith(SESSION, HERS)).isEqualTo(Answer.NO);
	}

	@Test
	void whereTheConnectionIsNotSeenTheProcessHasToFit() {
		LiveSession unseen = new LiveSession(1234, 77, SINCE, null);
		this.look.add(Source.SSHD, accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(unseen, HERS)).isEqualTo(Answer.SILENT);
		this.look.add(Source.SYSLOG, "Nov 22 18:47:18 web1 sshd[1234]: " + accepted("deploy", 51234, HERS));
		assertThat(this.look.isOpenedWith(unseen, HERS)).isEqualTo(Answer.YES);
	}

	@ParameterizedTest
	@CsvSource({ "0100007F:C822, 127.0.0.1", "7F000001:C822, 127.0.0.1",
			"B80D0120000000000000000001000000:C822, 2001:db8::1", "20010DB8000000000000000000000001:C822, 2001:db8::1",
			"0000000000000000FFFF0000070200C0:C822, 192.0.2.7",
			"000080FE00000000000000000100000A:C822, fe80::a00:1%eth0" })
	void readsTheKernelsAddresses(String shown, String address) {
		RemoteEnd end = RemoteEnd.parse(shown);
		assertThat(end).isNotNull();
		assertThat(end.is(address, 51234)).isTrue();
		assertThat(end.is(address, 51235)).isFalse();
		assertThat(end.is("192.0.2.8", 51234)).isFalse();
		assertThat(end.is("localhost", 51234)).isFalse();
		assertThat(end.is("::gg", 51234)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1:80", "0100007F:C8222", "0100007F", "0100007f:c822" })
	void readsNothingElse(String shown) {
		assertThatExceptionOfType(GrammarViolation.class).isThrownBy(() -> RemoteEnd.parse(shown));
	}

	private static String accepted(String account, int port, Fingerprint key) {
		return "Accepted publickey for %s from 192.0.2.7 port %d ssh2: ED25519 %s".formatted(account, port, key);
	}

}
