package io.latchkey.openssh;

import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoginLineTests {

	private static final String KEY = "SHA256:uBvcmOwb47xMpOzYGzm+3Bq1bThuNo9N4uQbO/7IqPA";

	private static final String MESSAGE = "Accepted publickey for deploy from 192.0.2.7 port 51234 ssh2: ED25519 "
			+ KEY;

	private static final Instant AT = Instant.parse("2026-11-22T18:47:18Z");

	@ParameterizedTest
	@ValueSource(strings = { "Nov 22 19:47:18 web1 sshd[1234]: ", "Nov 22 19:47:18 web1 auth.info sshd[1234]: ",
			"2026-11-22T19:47:18+0100 web1 sshd-session[1234]: ", "2026-11-22T18:47:18+00:00 web1 sshd[1234]: ",
			"2026-11-22T18:47:18Z fe80::1 sshd[1234]: " })
	void readsEveryHead(String head) {
		assertThat(LoginLine.parse(head + MESSAGE)).hasValueSatisfying((line) -> {
			assertThat(line.process()).isEqualTo(1234);
			assertThat(line.account()).isEqualTo("deploy");
			assertThat(line.address()).isEqualTo("192.0.2.7");
			assertThat(line.port()).isEqualTo(51234);
			assertThat(line.isWith(Fingerprint.parse(KEY))).isTrue();
			assertThat(line.time()).isNotNull();
			assertThat(line.time().near(AT.plusSeconds(300), ZoneOffset.ofHours(1))).isEqualTo(AT);
		});
	}

	@Test
	void readsTheFileThatSshdWritesItself() {
		assertThat(LoginLine.parse(MESSAGE + "\r")).hasValueSatisfying((line) -> {
			assertThat(line.process()).isNull();
			assertThat(line.time()).isNull();
			assertThat(line.key()).isEqualTo(KEY);
		});
	}

	@Test
	void knowsTheYearByWhatIsNear() {
		LogTime newYear = LogTime.parse("Dec 31 23:59:59").orElseThrow();
		assertThat(newYear.near(Instant.parse("2027-01-01T00:00:10Z"), ZoneOffset.UTC))
			.isEqualTo("2026-12-31T23:59:59Z");
		assertThat(LogTime.parse("Nov  2 01:02:03").orElseThrow().near(AT, ZoneOffset.UTC))
			.isEqualTo("2026-11-02T01:02:03Z");
	}

	@Test
	void tellsACertificateFromItsKey() {
		assertThat(LoginLine.parse("Accepted publickey for deploy from 192.0.2.7 port 1 ssh2: ED25519-CERT " + KEY
				+ " ID x (serial 0) CA ED25519 " + KEY))
			.hasValueSatisfying((line) -> assertThat(line.isWith(Fingerprint.parse(KEY))).isFalse());
	}

	@Test
	void readsNamesAsDirectoriesHaveThem() {
		assertThat(account("alice@corp.example.org")).isEqualTo("alice@corp.example.org");
		assertThat(account("1alice")).isEqualTo("1alice");
		assertThat(account("alice.smith+ops")).isEqualTo("alice.smith+ops");
		assertThat(account("CORP\\\\alice smith")).isEqualTo("CORP\\alice smith");
		assertThat(account("m\\303\\274ller")).isEqualTo("müller");
	}

	@Test
	void takesTheFirstAddressForTheAccountsWhateverACertificateIsCalled() {
		assertThat(LoginLine.parse("Accepted publickey for deploy from 192.0.2.7 port 1 ssh2: ED25519-CERT " + KEY
				+ " ID x for root from 192.0.2.9 port 2 ssh2: ED25519 " + KEY))
			.hasValueSatisfying((line) -> assertThat(line.account()).isEqualTo("deploy"));
	}

	private static String account(String shown) {
		return LoginLine.parse("Accepted publickey for " + shown + " from 192.0.2.7 port 1 ssh2: ED25519 " + KEY)
			.orElseThrow()
			.account();
	}

	@Test
	void readsOtherMethodsWithoutAKey() {
		assertThat(LoginLine.parse("Accepted password for deploy from 192.0.2.7 port 1 ssh2"))
			.hasValueSatisfying((line) -> assertThat(line.key()).isNull());
		assertThat(LoginLine.parse("Accepted gssapi-with-mic for deploy from 192.0.2.7 port 1 ssh2: a@EXAMPLE"))
			.hasValueSatisfying((line) -> assertThat(line.key()).isNull());
		assertThat(LoginLine.parse("Partial publickey for deploy from 192.0.2.7 port 1 ssh2: RSA " + KEY))
			.hasValueSatisfying((line) -> assertThat(line.key()).isEqualTo(KEY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Nov 22 19:47:18 web1 foo[1]: sshd[1234]: " + MESSAGE,
			"Nov 22 19:47:18 web1 sshd[1234]: Failed password for invalid user Accepted publickey for deploy from "
					+ "192.0.2.7 port 1 ssh2: ED25519 " + KEY + " from 192.0.2.9 port 2 ssh2",
			"Nov 22 19:47:18 web1 sshd[1234]: x " + MESSAGE, "Nov 22 19:47:18 web1 sshd: " + MESSAGE,
			"Nov 32 19:47:18 web1 sshd[1234]: " + MESSAGE, "Nov 22 25:47:18 web1 sshd[1234]: " + MESSAGE,
			"2026-11-22T18:47:18 web1 sshd[1234]: " + MESSAGE, "Accepted publickey for deploy from 192.0.2.7",
			"Accepted publickey for deploy from 192.0.2.7 port 123456 ssh2: ED25519 " + KEY })
	void readsNothingElse(String line) {
		assertThat(LoginLine.parse(line)).isEmpty();
	}

}
