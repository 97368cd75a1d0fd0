package io.latchkey.diagnosis;

import java.util.List;
import java.util.stream.Stream;

import io.latchkey.diagnosis.ClientDiagnosis.Key;
import io.latchkey.diagnosis.ClientDiagnosis.Standing;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.diagnosis.client.StoryReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of the words of clients that a test's machine does not have, as their
 * sources print them; what the clients of the machine say is in
 * {@code ClientLogSshdTests}.
 */
class ClientCausesTests {

	private static final String KEY = "SHA256:HxOGc7RFUrxLk+wTLdShk5Sz2mOqZVvmMyufD0gzUoM";

	private static final String HOST_KEY = "SHA256:SgLt3Un5DvXjBPuWM45MIir52PN7GACeEgHbN2JeHCM";

	private static final String BEGUN = """
			OpenSSH_8.0p1, OpenSSL 1.1.1k  FIPS 25 Mar 2021
			debug1: Connecting to db1.example.org [192.0.2.7] port 22.
			debug1: Connection established.
			debug1: Remote protocol version 2.0, remote software version OpenSSH_8.0
			debug1: Authenticating to db1.example.org:22 as 'deploy'
			debug1: Server host key: ssh-ed25519 %s
			""".formatted(HOST_KEY);

	static Stream<Arguments> said() {
		return Stream.of(Arguments.of("too many keys", BEGUN + """
				debug1: Authentications that can continue: publickey
				debug1: Offering public key: RSA %s /home/a/.ssh/id_rsa
				debug1: Authentications that can continue: publickey
				debug1: Offering public key: ED25519 %s /home/a/.ssh/id_ed25519
				Received disconnect from 192.0.2.7 port 22:2: Too many authentication failures
				Disconnected from 192.0.2.7 port 22
				""".formatted(HOST_KEY, KEY), "too-many"), Arguments.of("no signature in common", BEGUN + """
				debug1: Offering public key: RSA %s /home/a/.ssh/id_rsa
				debug1: send_pubkey_test: no mutual signature algorithm
				debug1: No more authentication methods to try.
				deploy@db1.example.org: Permission denied (publickey).
				""".formatted(KEY), "no-mutual"), Arguments.of("DSA", BEGUN + """
				debug1: Skipping ssh-dss key /home/a/.ssh/id_dsa - not in PubkeyAcceptedKeyTypes
				debug1: Authentications that can continue: publickey
				deploy@db1.example.org: Permission denied (publickey).
				""", "skipped"), Arguments.of("penalised", """
				debug1: OpenSSH_10.0p2 Debian-7, OpenSSL 3.5.1 1 Jul 2025
				debug1: Connecting to db1.example.org [192.0.2.7] port 22.
				debug1: Connection established.
				debug1: Local version string SSH-2.0-OpenSSH_10.0p2 Debian-7
				debug1: kex_exchange_identification: banner line 0: Not allowed at this time
				kex_exchange_identification: Connection closed by remote host
				Connection closed by 192.0.2.7 port 22
				""", "penalty"), Arguments.of("MaxStartups", """
				debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups
				kex_exchange_identification: Connection closed by remote host
				""", "max-startups"), Arguments.of("a web server", """
				debug1: kex_exchange_identification: banner line 0: HTTP/1.1 400 Bad Request
				kex_exchange_identification: Connection closed by remote host
				""", "no-sshd"), Arguments.of("turned away before the banner", """
				OpenSSH_7.4p1, OpenSSL 1.0.2k-fips  26 Jan 2017
				debug1: Connecting to db1 [192.0.2.7] port 22.
				debug1: Connection established.
				ssh_exchange_identification: read: Connection reset by peer
				""", "closed.before"), Arguments.of("an agent that refuses", BEGUN + """
				debug1: Offering public key: a@b ED25519 %s agent
				debug1: Server accepts key: a@b ED25519 %s agent
				sign_and_send_pubkey: signing failed for ED25519 "a@b" from agent: agent refused operation
				deploy@db1.example.org: Permission denied (publickey).
				""".formatted(KEY, KEY), "agent-refused"), Arguments.of("PAM says no", BEGUN + """
				debug1: Offering public key: a@b ED25519 %s agent
				debug1: Server accepts key: a@b ED25519 %s agent
				Connection closed by 192.0.2.7 port 22
				""".formatted(KEY, KEY), "closed.after-key"), Arguments.of("more is wanted", BEGUN + """
				debug1: Offering public key: a@b ED25519 %s agent
				debug1: Server accepts key: a@b ED25519 %s agent
				Authenticated using "publickey" with partial success.
				debug1: Authentications that can continue: keyboard-interactive
				deploy@db1.example.org: Permission denied (keyboard-interactive).
				""".formatted(KEY, KEY), "partial"), Arguments.of("no keys are taken", BEGUN + """
				debug1: Authentications that can continue: password,keyboard-interactive
				deploy@db1.example.org: Permission denied (password,keyboard-interactive).
				""", "methods"), Arguments.of("large packets are lost", """
				debug1: Connecting to db1 [192.0.2.7] port 22.
				debug1: Remote protocol version 2.0, remote software version OpenSSH_9.6
				debug1: expecting SSH2_MSG_KEX_ECDH_REPLY
				""", "kex-stuck"),
				Arguments.of("no route", "ssh: connect to host db1 port 22: No route to host", "route"),
				Arguments.of("timed out", "ssh: connect to host db1 port 22: Operation timed out", "timeout"),
				Arguments.of("an option that is not known",
						"/home/a/.ssh/config: line 3: Bad configuration option: hostt\n/home/a/.ssh/config: terminating, 1 bad configuration options",
						"config"),
				Arguments.of("a configuration that others can write", "Bad owner or permissions on /home/a/.ssh/config",
						"config-permissions"),
				Arguments.of("a host certificate",
						BEGUN + "debug1: Host certificate: Certificate invalid: expired\n"
								+ "Host key verification failed.\n",
						"host-key.certificate"),
				Arguments.of("the jump host goes no further", """
						channel 0: open failed: administratively prohibited: open failed
						stdio forwarding failed
						kex_exchange_identification: Connection closed by remote host
						""", "jump-forbidden"), Arguments.of("an expired password", BEGUN + """
						Authenticated to db1.example.org ([192.0.2.7]:22) using "publickey".
						WARNING: Your password has expired.
						Password change required but no TTY available.
						""", "password-change"), Arguments.of("PuTTY, by its window", """
						2026-03-03 12:00:00\tLooking up host "db1.example.org" for SSH connection
						2026-03-03 12:00:00\tConnecting to 192.0.2.7 port 22
						2026-03-03 12:00:01\tWe claim version: SSH-2.0-PuTTY_Release_0.81
						2026-03-03 12:00:01\tRemote version: SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13
						2026-03-03 12:00:01\tUsing username "deploy".
						2026-03-03 12:00:01\tOffered public key
						2026-03-03 12:00:01\tServer refused our key
						2026-03-03 12:00:01\tNo supported authentication methods available (server sent: publickey)
						""", "keys.unnamed"),
				Arguments.of("PuTTY, refused", "2026-03-03 12:00:00\tNetwork error: Connection refused", "refused"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("said")
	void namesTheCause(String name, String said, String code) {
		List<ClientCause> causes = ClientDoctor.causes(tried(said, Standing.UNKNOWN));
		assertThat(causes).isNotEmpty();
		assertThat(causes.get(0).code()).isEqualTo(code);
		assertThat(causes.get(0).certain()).isTrue();
		assertThat(causes.get(0).lines()).isNotEmpty();
	}

	/** OpenSSH 7.4 says which key it was only with -vv, and only when it is taken. */
	@Test
	void findsKeysInTheWordsOfEachVersion() {
		ClientStory old = StoryReader.read("""
				debug1: Offering RSA public key: /home/a/.ssh/id_rsa
				debug1: Authentications that can continue: publickey
				debug1: Offering ED25519 public key: a@b
				debug1: Server accepts key: pkalg ssh-ed25519 blen 51
				debug2: input_userauth_pk_ok: fp %s
				""".formatted(KEY));
		assertThat(old.keys()).extracting((key) -> key.name()).containsExactly("/home/a/.ssh/id_rsa", "a@b");
		assertThat(old.keys()).extracting((key) -> key.answer().name()).containsExactly("REFUSED", "ACCEPTED");
		assertThat(old.keys().get(1).fingerprint()).hasToString(KEY);
		ClientStory newer = StoryReader
			.read("debug1: Offering public key: my laptop ED25519-CERT %s explicit agent\n".formatted(KEY));
		assertThat(newer.keys()).singleElement().satisfies((key) -> {
			assertThat(key.name()).isEqualTo("my laptop");
			assertThat(key.type()).isEqualTo("ED25519-CERT");
		});
	}

	@Test
	void blamesTheNodeWhereTheKeyIsInPlaceAndTheClientWhereItIsNot() {
		String refused = BEGUN + """
				debug1: Offering public key: a@b ED25519 %s agent
				debug1: Authentications that can continue: publickey
				deploy@db1.example.org: Permission denied (publickey).
				""".formatted(KEY);
		assertThat(first(refused, Standing.IN_PLACE)).isEqualTo("keys.in-place");
		assertThat(first(refused, Standing.GRANTED)).isEqualTo("keys.granted");
		assertThat(first(refused, Standing.OTHER_ACCOUNT)).isEqualTo("keys.other-account");
		assertThat(first(refused, Standing.NOT_GRANTED)).isEqualTo("keys.not-granted");
		assertThat(first(refused, Standing.UNKNOWN)).isEqualTo("keys.unknown");
	}

	/** Of two causes in one text the one by which it failed is named first. */
	@Test
	void namesTheFirstOfTwoCauses() {
		String open = """
				debug1: Offering public key: k ED25519 %s explicit
				debug1: Server accepts key: k ED25519 %s explicit
				Permissions 0644 for 'k' are too open.
				Load key "k": bad permissions
				""".formatted(KEY, KEY);
		assertThat(
				first(BEGUN + "debug1: get_agent_identities: ssh_get_authentication_socket: No such file or directory\n"
						+ open, Standing.IN_PLACE))
			.isEqualTo("unprotected");
		assertThat(first(BEGUN + "debug1: Skipping ssh-dss key d - not in PubkeyAcceptedKeyTypes\n" + """
				debug1: Offering public key: k ED25519 %s explicit
				debug1: Authentications that can continue: publickey
				""".formatted(KEY), Standing.IN_PLACE)).isEqualTo("keys.in-place");
		assertThat(first(BEGUN + "Warning: Identity file /x not accessible: No such file or directory.\n"
				+ "debug1: Authentications that can continue: publickey\n", Standing.UNKNOWN))
			.isEqualTo("no-file");
	}

	@Test
	void saysThatALoginWorked() {
		ClientCase tried = tried(BEGUN + """
				debug1: get_agent_identities: ssh_get_authentication_socket: No such file or directory
				Authenticated to db1.example.org ([192.0.2.7]:22) using "publickey".
				""", Standing.IN_PLACE);
		assertThat(tried.story().authenticated()).isTrue();
		assertThat(ClientDoctor.causes(tried)).noneMatch(ClientCause::certain);
	}

	@Test
	void tellsTheJumpHostFromWhatLiesBehindIt() {
		ClientStory at = StoryReader.read("""
				debug1: Setting implicit ProxyCommand from ProxyJump: ssh -v -W '[%h]:%p' jump
				debug1: Executing proxy command: exec ssh -v -W '[db1]:22' jump
				debug1: Connecting to jump [192.0.2.1] port 22.
				debug1: Authenticating to jump:22 as 'a'
				a@jump: Permission denied (publickey).
				""");
		assertThat(at.host()).isEqualTo("jump");
		assertThat(at.target()).isEqualTo("db1:22");
		ClientStory behind = StoryReader.read("""
				debug1: Executing proxy command: exec ssh -v -W '[db1]:22' jump
				debug1: Connecting to jump [192.0.2.1] port 22.
				debug1: Authenticating to jump:22 as 'a'
				debug1: Offering public key: k ED25519 %s agent
				Authenticated to jump ([192.0.2.1]:22) using "publickey".
				debug1: Authenticating to db1:22 as 'deploy'
				deploy@db1: Permission denied (publickey).
				""".formatted(KEY));
		assertThat(behind.host()).isEqualTo("db1");
		assertThat(behind.user()).isEqualTo("deploy");
		assertThat(behind.target()).isNull();
		assertThat(behind.keys()).isEmpty();
		assertThat(behind.authenticated()).isFalse();
	}

	@Test
	void leavesNothingOfAPrivateKeyAndNothingThatShowsAsSomethingElse() {
		ClientStory story = StoryReader.read("""
				-----BEGIN OPENSSH PRIVATE KEY-----
				b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
				QyNTUxOQAAACB=
				-----END OPENSSH PRIVATE KEY-----
				Private-Lines: 1
				AAAAsecretsecret
				Private-MAC: 0123456789abcdef
				debug1: Authenticating to db1\u202e:22 as 'de\u0007ploy'
				\u001b[31mssh: connect to host db1 port 22: Connection refused\u001b[0m
				""");
		assertThat(story.privateKey()).isTrue();
		assertThat(story.lines()).noneMatch((line) -> line.contains("QyNTUxOQ") || line.contains("secretsecret")
				|| line.contains("0123456789abcdef"));
		assertThat(story.lines()).noneMatch((line) -> line.matches(".*[\\u202e\\u0007\\u001b].*"));
		assertThat(story.lines()).contains("ssh: connect to host db1 port 22: Connection refused");
	}

	/** Nothing that is pasted takes long, or throws. */
	@Test
	void readsAnything() {
		List<String> hostile = List.of("a".repeat(ClientStory.LONGEST), "\n".repeat(ClientStory.LONGEST),
				"Offering public key: ".repeat(10_000), "Offering public key: a RSA " + KEY + "\n".repeat(5),
				"Connecting to ".repeat(15_000), ("Authenticating to x:99999 as 'y'\n").repeat(5_000),
				"\u0000\u202e`rm -rf ~`", "BEGIN PRIVATE KEY\n" + "A".repeat(200_000));
		for (String text : hostile) {
			ClientCase tried = tried(text, Standing.UNKNOWN);
			assertThat(ClientDoctor.causes(tried)).isNotNull();
			assertThat(tried.story().keys()).hasSizeLessThanOrEqualTo(100);
		}
	}

	private static String first(String said, Standing standing) {
		return ClientDoctor.causes(tried(said, standing)).get(0).code();
	}

	private static ClientCase tried(String said, Standing standing) {
		ClientStory story = StoryReader.read(said);
		return new ClientCase(story, null, story.user(),
				story.keys().stream().map((key) -> Key.of(key, null, standing, List.of("root"))).toList());
	}

}
