package io.latchkey.openssh;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines as OpenSSH 7.4 to 10.5 and dropbear print them.
 */
class LoginEventTests {

	private static final String KEY = "SHA256:C6dkYmGmW0e8hCw7g6R9Vq0bIeV4q5bYkTg8YkHTtC0";

	private static final String OTHER = "SHA256:Ubl2cvzkMKzHHdWwSrRT7nqkuEHRa5+vGCJyVQsr3mA";

	@ParameterizedTest
	@ValueSource(strings = { "Nov 22 18:47:18 web1 sshd[4711]: ", "Nov  2 18:47:18 web1 auth.info sshd[4711]: ",
			"2026-11-22T18:47:18+0100 web1 sshd-session[4711]: ",
			"2026-11-22T18:47:18.123456+01:00 web1 sshd-auth[4711]: " })
	void readsTheHeadsOfSyslogAndJournal(String head) {
		LogLine line = LogLine.ofSyslog(head + "Accepted password for root from ::1 port 9 ssh2").orElseThrow();
		assertThat(line.process()).isEqualTo(4711);
		assertThat(line.time()).isNotNull();
		assertThat(event(line.message())).isEqualTo(new LoginEvent.Accepted("password", "root", "::1", 9, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Nov 22 18:47:18 web1 evil: sshd[1]: Accepted password for root from ::1 port 9 ssh2",
			"Nov 22 18:47:18 web1 sshdx[1]: Accepted password for root from ::1 port 9 ssh2",
			"    Accepted password for root from ::1 port 9 ssh2", "Nov 32 18:47:18 web1 sshd[1]: x", "" })
	void knowsWhatNoServerOfSshWrote(String line) {
		assertThat(LogLine.ofSyslog(line)).isEmpty();
	}

	@Test
	void looksAtNothingThatIsTooLong() {
		assertThat(LogLine.ofSyslog("Nov 22 18:47:18 web1 sshd[1]: " + "x".repeat(3_000))).isEmpty();
		assertThat(LogLine.ofOwnFile("x".repeat(3_000))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"Accepted publickey for deploy from 192.0.2.7 port 51234 ssh2: ED25519 %s|publickey|deploy|192.0.2.7",
			"Accepted publickey for deploy from 2001:db8::7 port 51234 ssh2: RSA %s|publickey|deploy|2001:db8::7" })
	void readsALoginByKey(String message, String method, String account, String address) {
		assertThat(event(message.formatted(KEY)))
			.isEqualTo(new LoginEvent.Accepted(method, account, address, 51234, Fingerprint.parse(KEY), null));
	}

	@Test
	void readsALoginByCertificate() {
		assertThat(event(("Accepted publickey for deploy from 192.0.2.7 port 1 ssh2: ED25519-CERT %s ID a CA x "
				+ "(serial 7) CA ED25519 %s")
			.formatted(KEY, OTHER)))
			.isEqualTo(new LoginEvent.Accepted("publickey", "deploy", "192.0.2.7", 1, Fingerprint.parse(KEY),
					Fingerprint.parse(OTHER)));
		assertThat(event(
				"Accepted publickey for deploy from 192.0.2.7 port 1 ssh2: RSA-CERT ID a (serial 0) CA RSA " + OTHER))
			.isEqualTo(new LoginEvent.Accepted("publickey", "deploy", "192.0.2.7", 1, null, Fingerprint.parse(OTHER)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Accepted keyboard-interactive/pam for alice from 192.0.2.7 port 5 ssh2|keyboard-interactive/pam",
					"Accepted gssapi-with-mic for alice from 192.0.2.7 port 5 ssh2: alice@EXAMPLE.ORG|gssapi-with-mic",
					"Accepted publickey for alice from 192.0.2.7 port 5 ssh2: RSA MD5:00:11|publickey" })
	void readsALoginWithoutAKnownKey(String message, String method) {
		assertThat(event(message)).isEqualTo(new LoginEvent.Accepted(method, "alice", "192.0.2.7", 5, null, null));
	}

	@Test
	void readsAccountsAsSshdShowsThem() {
		assertThat(event("Accepted password for CORP\\\\\\303\\244nne from ::1 port 1 ssh2"))
			.isEqualTo(new LoginEvent.Accepted("password", "CORP\\\u00e4nne", "::1", 1, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"Failed password for root from 192.0.2.7 port 5 ssh2|password|root",
			"Failed password for invalid user admin from 192.0.2.7 port 5 ssh2|password|-",
			"Failed none for invalid user  from 192.0.2.7 port 5 ssh2|none|-",
			"Invalid user a b from 192.0.2.7 port 5|-|-",
			"Connection closed by authenticating user root 192.0.2.7 port 5 [preauth]|-|root",
			"Connection closed by invalid user x 192.0.2.7 port 5 [preauth]|-|-",
			"Disconnected from authenticating user root 192.0.2.7 port 5 [preauth]|-|root",
			"error: maximum authentication attempts exceeded for root from 192.0.2.7 port 5 ssh2 [preauth]|-|root",
			"maximum authentication attempts exceeded for invalid user x from 192.0.2.7 port 5 ssh2 [preauth]|-|-",
			"Bad password attempt for 'root' from 192.0.2.7:5|-|root",
			"Login attempt for nonexistent user from 192.0.2.7:5|-|-" })
	void readsARefusal(String message, String method, String account) {
		assertThat(event(message)).isEqualTo(new LoginEvent.Refused(method, account, "192.0.2.7", 5, null));
	}

	@Test
	void readsARefusedKey() {
		assertThat(event("Failed publickey for root from 192.0.2.7 port 5 ssh2: ED25519 " + KEY))
			.isEqualTo(new LoginEvent.Refused("publickey", "root", "192.0.2.7", 5, Fingerprint.parse(KEY)));
	}

	/** Who comes with a name that looks like the rest of a line decides nothing by it. */
	@Test
	void takesNoAddressFromTheNameOfTheClient() {
		assertThat(event("Failed password for invalid user x from 198.51.100.1 port 1 ssh2: ED25519 " + KEY
				+ " from 192.0.2.7 port 5 ssh2"))
			.isEqualTo(new LoginEvent.Refused("password", null, "192.0.2.7", 5, null));
		assertThat(event("Invalid user Accepted publickey for root from 198.51.100.1 port 1 from 192.0.2.7 port 5"))
			.isEqualTo(new LoginEvent.Refused(null, null, "192.0.2.7", 5, null));
	}

	@Test
	void readsWhenSomebodyWent() {
		assertThat(event("Disconnected from user alice 192.0.2.7 port 5"))
			.isEqualTo(new LoginEvent.Disconnected("alice", "192.0.2.7", 5));
		assertThat(event("Disconnected from 192.0.2.7 port 5"))
			.isEqualTo(new LoginEvent.Disconnected(null, "192.0.2.7", 5));
		assertThat(event("Exit (root) from <192.0.2.7:5>: Disconnect received"))
			.isEqualTo(new LoginEvent.Disconnected("root", "192.0.2.7", 5));
		assertThat(LogLine.ofOwnFile("Disconnected from 192.0.2.7 port 5 [preauth]").orElseThrow().event()).isEmpty();
	}

	@Test
	void readsSessionsOfPam() {
		assertThat(event("pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)"))
			.isEqualTo(new LoginEvent.SessionOpened("alice"));
		assertThat(event("pam_unix(sshd:session): session opened for user root by (uid=0)"))
			.isEqualTo(new LoginEvent.SessionOpened("root"));
		assertThat(event("pam_unix(sshd:session): session closed for user alice"))
			.isEqualTo(new LoginEvent.SessionClosed("alice"));
		assertThat(LogLine.ofOwnFile("pam_unix(cron:session): session closed for user alice").orElseThrow().event())
			.isEmpty();
	}

	@Test
	void readsDropbear() {
		assertThat(event("Pubkey auth succeeded for 'root' with ssh-ed25519 key %s from 192.0.2.7:5".formatted(KEY)))
			.isEqualTo(new LoginEvent.Accepted("publickey", "root", "192.0.2.7", 5, Fingerprint.parse(KEY), null));
		assertThat(event("Pubkey auth succeeded for 'root' with key md5 00:11:22 from 192.0.2.7:5"))
			.isEqualTo(new LoginEvent.Accepted("publickey", "root", "192.0.2.7", 5, null, null));
		assertThat(event("PAM password auth succeeded for 'root' from 2001:db8::7:5"))
			.isEqualTo(new LoginEvent.Accepted("password", "root", "2001:db8::7", 5, null, null));
		assertThat(event("Auth succeeded with blank password for 'root' from 192.0.2.7:5"))
			.isEqualTo(new LoginEvent.Accepted("none", "root", "192.0.2.7", 5, null, null));
		assertThat(event("Exit before auth from <192.0.2.7:5>: (user 'root', 0 fails): Disconnect received"))
			.isEqualTo(new LoginEvent.Refused(null, "root", "192.0.2.7", 5, null));
	}

	/** One of several methods is not enough, and the other says so when it comes. */
	@Test
	void takesNoPartForAWhole() {
		assertThat(LogLine
			.ofOwnFile("Pubkey auth succeeded for 'root' with ssh-ed25519 key " + KEY
					+ " from 192.0.2.7:5, extra auth required")
			.orElseThrow()
			.event()).isEmpty();
		assertThat(LogLine.ofOwnFile("Partial publickey for root from 192.0.2.7 port 5 ssh2: ED25519 " + KEY)
			.orElseThrow()
			.event()).isEmpty();
	}

	private static LoginEvent event(String message) {
		Optional<LoginEvent> event = LogLine.ofOwnFile(message).orElseThrow().event();
		return event.orElseThrow(() -> new AssertionError("Not read: " + message));
	}

}
